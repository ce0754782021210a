import { describe, expect, it } from "vitest";
import { createMemoryPorts, json } from "../../tests/engine/memory-ports.ts";
import { START } from "../../tests/engine/rig.ts";
import { createVirtualClock } from "../../tests/engine/virtual-clock.ts";
import { sources } from "../sources/registry.ts";
import { discover } from "./discover.ts";

/** What a scan offers of these files and variables, by the address that it would be sent to. */
async function offered(files: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string>> = {}) {
  const ports = createMemoryPorts(createVirtualClock(START), () => json({}));
  for (const [path, content] of Object.entries(files)) ports.files.set(path, JSON.stringify(content));
  for (const [name, value] of Object.entries(env)) ports.env.set(name, value);
  const { findings, places } = await discover([], sources, ports);
  return {
    found: findings.map(({ kind, place, draft }) => [
      kind,
      place.type === "file" ? place.pointer : place.name,
      draft.baseUrl,
    ]),
    others: places.filter(({ outcome }) => outcome === "other-service").map(({ kind, detail }) => [kind, detail]),
  };
}

const OPENCODE = "~/.local/share/opencode/auth.json";
const entry = (name: string) => ({ [name]: { type: "api", key: `key-of-${name}-0123456789` } });

describe("a scan offers", () => {
  it.each(["apps", "hosts"])(
    "Copilot tokens of %s.json to the GitHub that each is of, and to no other",
    async (name) => {
      const token = (user: string) => ({ user, oauth_token: `gho_${user}0123456789abcdef` });
      const { found, others } = await offered({
        [`~/.config/github-copilot/${name}.json`]: {
          "acme.ghe.com:Iv1.abc": token("work"),
          "github.com:Iv1.abc": token("home"),
          "github.acme.com:Iv1.abc": token("server"),
        },
      });
      expect(found).toEqual([
        ["copilot", "/acme.ghe.com:Iv1.abc/oauth_token", "https://api.acme.ghe.com"],
        ["copilot", "/github.com:Iv1.abc/oauth_token", "https://api.github.com"],
      ]);
      expect(others).toEqual([["copilot", "api.github.acme.com"]]);
    },
  );

  it("the Copilot token of an earlier file, which has the host alone", async () => {
    const file = { "github.com": { user: "ada", oauth_token: "gho_ada0123456789abcdef" } };
    const { found } = await offered({ "~/.config/github-copilot/hosts.json": file });
    expect(found).toEqual([["copilot", "/github.com/oauth_token", "https://api.github.com"]]);
  });

  it("of the Grok CLI's sign-ins those of xAI alone", async () => {
    const { found } = await offered({
      "~/.grok/auth.json": {
        "https://auth.example.org::1": { key: "other-0123456789" },
        "https://auth.x.ai::client": { key: "grok-0123456789" },
      },
    });
    expect(found).toEqual([["grok-build", "/https:~1~1auth.x.ai::client/key", "https://cli-chat-proxy.grok.com"]]);
  });

  it.each([
    ["moonshot", "moonshotai", "https://api.moonshot.ai"],
    ["moonshot", "moonshotai-cn", "https://api.moonshot.cn"],
    ["siliconflow", "siliconflow", "https://api.siliconflow.com"],
    ["siliconflow", "siliconflow-cn", "https://api.siliconflow.cn"],
    ["minimax", "minimax-coding-plan", "https://api.minimax.io"],
    ["minimax", "minimax-cn-coding-plan", "https://api.minimaxi.com"],
    ["zai", "zai-coding-plan", "https://api.z.ai"],
    ["zai", "zhipuai-coding-plan", "https://open.bigmodel.cn"],
  ])("%s with opencode's entry %s at %s", async (kind, name, baseUrl) => {
    expect((await offered({ [OPENCODE]: entry(name) })).found).toEqual([[kind, `/${name}/key`, baseUrl]]);
  });

  it("no key of MiniMax's that its plan refuses", async () => {
    const { found, others } = await offered({}, { MINIMAX_API_KEY: "sk-api-0123456789abcdef" });
    expect(found).toEqual([]);
    expect(others).toEqual([["minimax", "MiniMax's API, which is paid by use"]]);
    expect((await offered({}, { MINIMAX_API_KEY: "sk-cp-0123456789abcdef" })).found).toHaveLength(1);
  });
});
