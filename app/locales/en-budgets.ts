/** English words of budgets. Part of the engine's catalog in en.ts. */
export const budgets = {};
