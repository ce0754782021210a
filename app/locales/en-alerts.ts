/** English words of alerts: what they say, and why one was held back. Part of the engine's catalog in en.ts. */
export const alerts = {
  "heldBack.alerts-off": "alerts are off",
  "heldBack.source-muted": "its gateway is muted",
  "heldBack.meter-muted": "its quota is muted",
  "heldBack.snoozed": "it is snoozed",
  "heldBack.quiet-hours": "quiet hours",
  "heldBack.told-by-another-source": "another gateway that reads the same quota told of it",
  "heldBack.recovered": "it was true no more when it could be told",
};
