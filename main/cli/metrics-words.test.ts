import { describe, expect, it } from "vitest";
import { DEFAULT_METRICS_SETTINGS, type MetricsStatus, NO_METRICS } from "../../app/settings/metrics-settings.ts";
import { metricsWords } from "./metrics-words.ts";
import { createWording } from "./wording.ts";

const { prometheus, otlp } = DEFAULT_METRICS_SETTINGS;
const both = {
  ...DEFAULT_METRICS_SETTINGS,
  prometheus: { ...prometheus, enabled: true },
  otlp: { ...otlp, enabled: true },
};
const at = Date.UTC(2026, 10, 20, 12, 0, 0);
const works: MetricsStatus = {
  prometheus: { url: "http://127.0.0.1:9464/metrics", tokenFile: "/p/metrics-token", problem: null },
  otlp: { lastPushAt: at, problem: null },
};
const broken: MetricsStatus = {
  prometheus: { url: null, tokenFile: null, problem: "port 9464 is taken" },
  otlp: { lastPushAt: at, problem: "the collector answered HTTP 503" },
};

const WAITS = "on, while the tray icon, `plimsoll serve` or `plimsoll watch` runs";

describe("metricsWords", () => {
  it.each([
    ["off", DEFAULT_METRICS_SETTINGS, NO_METRICS, [/^off$/]],
    [
      "both at work",
      both,
      works,
      [
        /^Prometheus: at http:\/\/127\.0\.0\.1:9464\/metrics, token in \/p\/metrics-token$/,
        /^OpenTelemetry: last arrived .*:00/,
      ],
    ],
    [
      "both with problems",
      both,
      broken,
      [/^Prometheus: port 9464 is taken$/, /^OpenTelemetry: the collector answered HTTP 503; last arrived /],
    ],
    [
      "not begun",
      both,
      NO_METRICS,
      [/^Prometheus: on; nothing went out yet$/, /^OpenTelemetry: on; nothing went out yet$/],
    ],
    ["without a host", both, null, [new RegExp(`: ${WAITS}$`), new RegExp(`: ${WAITS}$`)]],
  ] as const)("says where figures go: %s", (_name, settings, status, expected) => {
    const lines = metricsWords(settings, status, createWording());
    expect(lines).toEqual(expected.map((line) => expect.stringMatching(line)));
  });
});
