/** English words of alerts, sinks, snoozing and the alert log. Part of the interface's catalog in en.ts. */
export const alertsWords = {};
