import * as z from "zod";

/** Figures for collectors, off unless asked for. Tokens and headers lie in the vault or in the environment, never here. */
export const metricsSettingsSchema = z.object({
  /** A text endpoint on 127.0.0.1 that asks for a token. */
  prometheus: z.object({
    enabled: z.boolean(),
    /** Null: any free port, told by the interface and by doctor. */
    port: z.number().int().min(1024).max(65_535).nullable(),
  }),
  otlp: z.object({
    enabled: z.boolean(),
    /** OTLP/HTTP address of a collector, such as http://127.0.0.1:4318/v1/metrics. No user part, no query. */
    endpoint: z.string().max(2048),
    intervalSeconds: z.number().int().min(10).max(3600),
    /** The environment variable that holds "name=value,name=value" headers, as OTEL_EXPORTER_OTLP_HEADERS does; null: none. */
    headersEnv: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
      .nullable(),
  }),
  /** Whether sources' names and key labels go out; else only their ids and kinds. */
  includeLabels: z.boolean(),
});
export type MetricsSettings = z.infer<typeof metricsSettingsSchema>;

/** How the two do. Problems are plain clauses without secrets. */
export const metricsStatusSchema = z.object({
  prometheus: z.object({
    /** Where it listens; null while it does not. */
    url: z.string().nullable(),
    /** The file (readable by its owner only) that holds the token to ask with. */
    tokenFile: z.string().nullable(),
    problem: z.string().nullable(),
  }),
  otlp: z.object({ lastPushAt: z.number().nullable(), problem: z.string().nullable() }),
});
export type MetricsStatus = z.infer<typeof metricsStatusSchema>;

export const NO_METRICS: MetricsStatus = {
  prometheus: { url: null, tokenFile: null, problem: null },
  otlp: { lastPushAt: null, problem: null },
};

export const DEFAULT_METRICS_SETTINGS: MetricsSettings = {
  prometheus: { enabled: false, port: null },
  otlp: { enabled: false, endpoint: "http://127.0.0.1:4318/v1/metrics", intervalSeconds: 60, headersEnv: null },
  includeLabels: false,
};
