import type { DemoSource } from "../ports.ts";
import { SOURCE_DEFAULTS, type SourceConfig } from "./schema.ts";

/** A demo source in the shape of a configured one, so that everything downstream treats it alike. Never saved. */
export function demoConfig(source: DemoSource): SourceConfig {
  return {
    id: source.id,
    kind: source.kind,
    label: source.label,
    baseUrl: source.baseUrl,
    allowPlainHttp: false,
    credential: { type: "vault", origin: new URL(source.baseUrl).origin },
    secrets: {},
    options: source.options,
    ...SOURCE_DEFAULTS,
  };
}
