import type { RegisteredSource, ToolFile } from "../sources/source.ts";

/** A place to look at, and whose key would lie there. Pointers may still hold "*". */
export type PlannedPlace =
  | { readonly type: "env"; readonly source: RegisteredSource; readonly name: string }
  | { readonly type: "file"; readonly source: RegisteredSource; readonly file: ToolFile; readonly path: string };

/** Every place that the descriptors name, in their order. */
export function planPlaces(sources: readonly RegisteredSource[]): readonly PlannedPlace[] {
  return sources.flatMap((source): readonly PlannedPlace[] => [
    ...(source.known?.env ?? []).map((name) => ({ type: "env" as const, source, name })),
    ...(source.known?.files ?? []).flatMap((file) =>
      file.paths.map((path) => ({ type: "file" as const, source, file, path })),
    ),
  ]);
}

/** Variables by which tools are sent to another address than the service's own, and those with the key for it. */
export interface GatewayVariables {
  /** In the order in which tools heed them. */
  readonly addresses: readonly string[];
  readonly keys: readonly string[];
  /** The service's own hosts: an address there is no gateway of one's own. */
  readonly ownHosts: readonly string[];
}

export const GATEWAY_VARIABLES: readonly GatewayVariables[] = [
  {
    addresses: ["OPENAI_BASE_URL", "OPENAI_API_BASE"],
    keys: ["OPENAI_API_KEY"],
    ownHosts: ["api.openai.com", "eu.api.openai.com", "us.api.openai.com"],
  },
  {
    addresses: ["ANTHROPIC_BASE_URL"],
    keys: ["ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY"],
    ownHosts: ["api.anthropic.com"],
  },
  {
    addresses: ["LITELLM_PROXY_URL", "LITELLM_BASE_URL", "LITELLM_PROXY_API_BASE"],
    keys: ["LITELLM_API_KEY", "LITELLM_PROXY_API_KEY"],
    ownHosts: [],
  },
];
