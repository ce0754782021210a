/** English words of metrics. Part of the interface's catalog in en.ts. */
export const metricsWords = {
  "metrics.lead": "Figures for a collector of your own, such as Prometheus. Off until you ask for them.",
};
