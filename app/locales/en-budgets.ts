/** English words of budgets. Part of the engine's catalog in en.ts. */
export const budgets = {
  "meter.budget-day": "Budget of the day",
  "meter.budget-week": "Budget of the week",
  "meter.budget-month": "Budget of the month",

  "notice.budget-since":
    "Counted in full since {{at, datetime(day: numeric; month: short; hour: numeric; minute: 2-digit; timeZoneName: short)}}; what was spent before that is not known.",
  "notice.budget-no-rate":
    "Amounts in {{currencies}} are not counted: the budget has no rate to change them into {{currency}}.",
  "notice.budget-not-read": "Not read at present: {{gateways}}. What is spent there since is missing.",
  "notice.budget-not-told": "Not counted, because nothing is told in this unit: {{gateways}}.",
  "notice.budget-nothing-told": "None of the gateways tells what is used in this unit, so that nothing can be counted.",
  "notice.budget-no-gateway": "The gateway that it counts was removed.",
  "notice.budget-empty-group": "No gateway is in the group “{{group}}”, so that nothing is counted.",
  "notice.budget-no-gateways": "There is no gateway to count.",
};
