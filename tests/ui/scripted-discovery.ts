import type { Discovery, Finding, KeyPlace, LookedAt } from "../../app/discovery/discovery.ts";

const env = (name: string): KeyPlace => ({ type: "env", name });
const file = (path: string, pointer: string): KeyPlace => ({ type: "file", path, pointer });

export function finding(id: string, kindName: string | null, place: KeyPlace, over: Partial<Finding> = {}): Finding {
  const kind = kindName === null ? null : id;
  return {
    id: `${id}-0a1b2c3d`,
    kind,
    kindName,
    tool: null,
    place,
    alsoAt: [],
    status: "usable",
    added: null,
    needs: [],
    draft: {
      id: null,
      kind: kind ?? "",
      label: kindName ?? "llm.example.org",
      baseUrl: `https://${id}.example.com`,
      allowPlainHttp: false,
      key: place,
      options: {},
    },
    ...over,
  };
}

const harbour = file("~/.harbour/auth.json", "/tokens/access_token");
const beacon = file("~/.config/beacon/credentials.json", "/session/token");

/** One of each: a tool's file, an expired one, a variable, a gateway of one's own, one without address, one added already. */
export const discovery: Discovery = {
  findings: [
    finding("harbour", "Harbour plan", harbour, { tool: "Harbour CLI" }),
    finding("beacon", "Beacon Code", beacon, { tool: "Beacon", status: "expired" }),
    finding("openrouter", "OpenRouter", env("OPENROUTER_API_KEY"), {
      alsoAt: [file("~/.local/share/opencode/auth.json", "/openrouter/key")],
    }),
    finding("gateway", null, env("OPENAI_API_KEY"), {
      needs: ["kind", "plain-http"],
      draft: {
        id: null,
        kind: "",
        label: "llm.example.org",
        baseUrl: "http://llm.example.org/v1",
        allowPlainHttp: false,
        key: env("OPENAI_API_KEY"),
        options: {},
      },
    }),
    finding("quay", "Quay gateway", env("QUAY_API_KEY"), { needs: ["address"] }),
    finding("team", "Neutral gateway", env("TEAM_KEY"), { added: { id: "team", label: "Team gateway" } }),
  ],
  places: [
    looked("Harbour plan", env("HARBOUR_TOKEN"), "not-set"),
    looked("Harbour plan", file("$HARBOUR_HOME/auth.json", "/tokens/access_token"), "not-set", "Harbour CLI"),
    looked("Harbour plan", harbour, "usable", "Harbour CLI"),
    looked("Beacon Code", beacon, "expired", "Beacon"),
    looked("OpenRouter", env("OPENROUTER_API_KEY"), "usable"),
    looked("OpenRouter", file("~/.local/share/opencode/auth.json", "/openrouter/key"), "usable", "opencode"),
    looked("Lighthouse", env("OPENAI_API_KEY"), "other-service", null, "llm.example.org"),
    looked("Lighthouse", file("~/.lighthouse/login.json", "/*/token"), "not-json", "Lighthouse CLI"),
    looked("Lighthouse", file("~/.config/lighthouse/login.json", "/*/token"), "not-readable", "Lighthouse CLI"),
    looked("Lighthouse", file("~/.local/share/opencode/auth.json", "/lighthouse/key"), "no-key", "opencode"),
    looked("Neutral gateway", env("TEAM_KEY"), "already-added"),
    looked(null, env("OPENAI_API_KEY"), "usable"),
    looked(null, env("ANTHROPIC_BASE_URL"), "own-address"),
  ],
};

function looked(
  kindName: string | null,
  place: KeyPlace,
  outcome: LookedAt["outcome"],
  tool: string | null = null,
  detail: string | null = null,
): LookedAt {
  return { kind: kindName === null ? null : "some", kindName, tool, place, outcome, detail };
}
