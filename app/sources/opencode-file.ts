import type { ToolFile } from "./source.ts";

/**
 * The file in which opencode keeps what was entered with `opencode auth login`: an object by provider, with an API key as
 * `{"type":"api","key":…}`. `provider` is opencode's own name of it, `home` the address of a region that has an entry of its own.
 * Source: opencode.ai/docs, "Providers".
 */
export function opencodeKey(provider: string, home?: string): ToolFile {
  return {
    tool: "opencode",
    paths: ["$XDG_DATA_HOME/opencode/auth.json", "~/.local/share/opencode/auth.json"],
    pointer: `/${provider}/key`,
    ...(home !== undefined && { home }),
  };
}
