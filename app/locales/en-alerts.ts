/** English words of alerts: what they say, and why one was held back. Part of the engine's catalog in en.ts. */
export const alerts = {};
