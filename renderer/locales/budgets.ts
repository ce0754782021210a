/** English words of budgets. Part of the interface's catalog in en.ts. */
export const budgetsWords = {
  "budgets.lead": "Limits of your own over what your gateways report as used.",
};
