/** English words of history. Part of the interface's catalog in en.ts. */
export const historyWords = {
  "history.lead": "What was left over time, as far as Plimsoll was running.",
};
