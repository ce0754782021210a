/** English words of metrics. Part of the interface's catalog in en.ts. */
export const metricsWords = {
  "metrics.lead": "Figures for a collector of your own, such as Prometheus. Off until you ask for them.",
  "metrics.prometheus": "Prometheus endpoint",
  "metrics.prometheus-hint":
    "Text on this computer's loopback address, for a collector that comes and asks with a token.",
  "metrics.port": "Port",
  "metrics.port-hint": "Empty: any free one, another at each start.",
  "metrics.port-any": "any free one",
  "metrics.port-problem": "A port is a whole number from 1024 to 65535.",
  "metrics.address": "Address",
  "metrics.token-file": "Token file",
  "metrics.token-note":
    "The collector sends the token in that file: “Authorization: Bearer …”. Only your account can read the file.",
  "metrics.otlp": "OpenTelemetry push",
  "metrics.otlp-hint":
    "Sends the figures of this computer to an OTLP/HTTP collector, where those of your other machines can meet them.",
  "metrics.endpoint": "Collector's address",
  "metrics.endpoint-hint": "With its path, usually /v1/metrics.",
  "metrics.endpoint-problem": "The address begins with https:// or http://.",
  "metrics.interval": "Send",
  "metrics.every_one": "every second",
  "metrics.every_other": "every {{count}} seconds",
  "metrics.headers": "Variable with headers",
  "metrics.headers-hint":
    "Its value: name=value,name=value. Sent to this address only, and never in the clear to another computer.",
  "metrics.headers-problem": "A variable's name has letters, digits and underscores.",
  "metrics.last-push": "Last sent",
  "metrics.no-push": "not yet",
  "metrics.problem": "Does not work: {{problem}}.",
  "metrics.labels": "Names of gateways and keys",
  "metrics.labels-hint": "Without them only ids and kinds go out. Keys never do.",
};
