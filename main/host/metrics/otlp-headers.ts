import type { SecretHeader } from "../../../app/ports.ts";

export type OtlpHeaders =
  | { readonly ok: true; readonly headers: readonly SecretHeader[] }
  | { readonly ok: false; readonly problem: string };

/**
 * Headers as OTEL_EXPORTER_OTLP_HEADERS writes them: "name=value,name=value", values percent-encoded (opentelemetry.io, "OTLP
 * Exporter Configuration"). The problem quotes nothing of them.
 */
export function parseOtlpHeaders(text: string, origin: string): OtlpHeaders {
  const headers: SecretHeader[] = [];
  for (const part of text.split(",").map((item) => item.trim())) {
    if (part === "") continue;
    const at = part.indexOf("=");
    const name = part.slice(0, at).trim().toLowerCase();
    const value = decoded(part.slice(at + 1).trim());
    if (at < 1 || !/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) || value === null || !/^[\x20-\x7e]*$/.test(value)) {
      return { ok: false, problem: `entry ${headers.length + 1} is not "name=value"` };
    }
    headers.push({ name, value, origin });
  }
  return { ok: true, headers };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
