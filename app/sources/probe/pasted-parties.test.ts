import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Pasted, understandPaste } from "./pasted.ts";
import type { PastedKey } from "./pasted-found.ts";

const A = "https://a.example.org/v1";
const B = "https://b.example.com/v1";
const KEY_A = "sk-aaaa-0123456789";
const KEY_B = "sk-bbbb-0123456789";
const secret = (key: string): PastedKey => ({ type: "secret", secret: key });

describe("of several parties", () => {
  it.each<[string, string, Partial<Extract<Pasted, { ok: true }>> | string]>([
    [
      "opencode with a server of tools before the provider",
      JSON.stringify({
        mcp: { tracker: { type: "remote", url: B } },
        provider: { team: { options: { baseURL: A, apiKey: KEY_A } } },
      }),
      { baseUrl: A, key: secret(KEY_A), leftOut: null },
    ],
    [
      "a server of tools with a key of its own",
      JSON.stringify({ mcpServers: { x: { url: B, headers: { Authorization: `Bearer ${KEY_B}` } } }, api_base: A }),
      { baseUrl: A, key: null, leftOut: null },
    ],
    [
      "opencode with the key of one provider and the address of another",
      JSON.stringify({
        provider: { openai: { options: { apiKey: KEY_A } }, lmstudio: { options: { baseURL: B } } },
      }),
      { baseUrl: B, key: null, leftOut: "several-parties" },
    ],
    [
      "the same as a piece of a file",
      `"openai": { "options": { "apiKey": "${KEY_A}" } }, "lmstudio": { "options": { "baseURL": "${B}" } } },`,
      { baseUrl: B, key: null, leftOut: "several-parties" },
    ],
    [
      "the ends of two blocks",
      `"apiKey": "${KEY_A}" },\n"lmstudio": {\n "baseURL": "${B}"`,
      { baseUrl: B, key: null, leftOut: "several-parties" },
    ],
    [
      "two whole providers",
      JSON.stringify({ a: { baseURL: A, apiKey: KEY_A }, b: { baseURL: B, apiKey: KEY_B } }),
      "several-addresses",
    ],
    [
      "one address with two keys",
      JSON.stringify({ a: { baseURL: A, apiKey: KEY_A }, b: { baseURL: A, apiKey: KEY_B } }),
      { baseUrl: A, key: null, leftOut: "several-keys" },
    ],
    [
      "one name twice",
      `{"baseURL": "${A}", "apiKey": "${KEY_A}", "apiKey": "${KEY_B}"}`,
      { baseUrl: A, key: null, leftOut: "several-keys" },
    ],
    [
      "one gateway for two protocols",
      `export OPENAI_BASE_URL=${A}\nexport OPENAI_API_KEY=${KEY_A}\nexport ANTHROPIC_BASE_URL=https://a.example.org\nexport ANTHROPIC_AUTH_TOKEN=${KEY_A}`,
      { baseUrl: A, key: secret(KEY_A), leftOut: null },
    ],
    [
      "two clients in Python",
      `a = OpenAI(\n    api_key="${KEY_A}",\n)\nb = OpenAI(base_url="${B}")\n`,
      { baseUrl: B, key: null, leftOut: "several-parties" },
    ],
    [
      "two whole clients in Python",
      `a = OpenAI(base_url="${A}", api_key="${KEY_A}")\nb = OpenAI(base_url="${B}", api_key="${KEY_B}")\n`,
      "several-addresses",
    ],
    [
      "two functions in Python",
      `def a():\n    api_key = "${KEY_A}"\n    return api_key\n\ndef b():\n    base_url = "${B}"\n`,
      { baseUrl: B, key: null, leftOut: "several-parties" },
    ],
    [
      "two modules in Python",
      `litellm.api_base = "${A}"\nopenai.api_key = "${KEY_B}"`,
      { baseUrl: A, key: null, leftOut: "several-parties" },
    ],
    [
      "LiteLLM's list with the key above the address",
      `model_list:\n  - model_name: a\n    litellm_params:\n      api_base: ${A}\n  - model_name: b\n    litellm_params:\n      api_key: ${KEY_B}\n`,
      { baseUrl: A, key: null, leftOut: "several-parties" },
    ],
    [
      "entries of a list",
      `- api_key: ${KEY_A}\n  api_base: ${A}\n- api_key: ${KEY_B}\n  api_base: ${B}\n`,
      "several-addresses",
    ],
    [
      "a piece of a list that is no YAML any more",
      `      api_key: ${KEY_B}\n   - x: @\n      api_base: ${A}\n`,
      { baseUrl: A, key: null, leftOut: "several-parties" },
    ],
    [
      "sections of TOML",
      `[a]\nbase_url = "${A}"\n\n[b]\napi_key = "${KEY_B}"\n`,
      { baseUrl: A, key: null, leftOut: "several-parties" },
    ],
    [
      "a .env of several vendors",
      `ANTHROPIC_API_KEY=${KEY_A}\nOPENAI_BASE_URL=${B}\nTEAM_API_KEY=${KEY_B}\n`,
      { baseUrl: B, key: null, leftOut: "several-parties" },
    ],
    [
      "the token of a code host",
      `OPENAI_BASE_URL=${B}\nGITHUB_TOKEN=ghp_0123456789abcdef\n`,
      { baseUrl: B, key: null, leftOut: "several-parties" },
    ],
    [
      "the key of a payment service",
      `OPENAI_BASE_URL=${B}\nSTRIPE_API_KEY=${KEY_A}\n`,
      { baseUrl: B, key: null, leftOut: "several-parties" },
    ],
    [
      "names that only begin alike",
      `TEAM_A_BASE_URL=${A}\nTEAM_B_API_KEY=${KEY_B}\n`,
      { baseUrl: A, key: null, leftOut: "several-parties" },
    ],
    [
      "the address of one's own site",
      `NEXTAUTH_URL=${A}\nAPP_BASE_URL=${A}\nAPP_KEY=${KEY_A}\nOPENAI_API_KEY=${KEY_B}`,
      {
        baseUrl: null,
        key: secret(KEY_B),
      },
    ],
    [
      "a gateway beside one's own site",
      `APP_BASE_URL=${B}\nTEAM_BASE_URL=${A}\nTEAM_API_KEY=${KEY_A}`,
      { baseUrl: A, key: secret(KEY_A) },
    ],
    ["a name that is set twice", `TEAM_BASE_URL=${A}\nTEAM_API_KEY=${KEY_A}\nTEAM_BASE_URL=${B}`, "several-addresses"],
    ["keys without an address", `OPENAI_API_KEY=${KEY_A}\nANTHROPIC_API_KEY=${KEY_B}`, "several-keys"],
    [
      "services of compose",
      `services:\n  a:\n    environment:\n      TEAM_BASE_URL: ${A}\n  b:\n    environment:\n      - TEAM_API_KEY=${KEY_B}\n`,
      { baseUrl: A, key: null, leftOut: "several-parties" },
    ],
    ["a proxy of curl", `curl -sx http://proxy.example:3128 ${A} -H "x-api-key: ${KEY_A}"`, { baseUrl: A }],
    ["a resolver of curl", `curl --doh-url https://doh.example/q ${A}`, { baseUrl: A }],
    [
      "a proxy before the proxy",
      `curl --preproxy http://pre.example:1 --proxy http://p.example:2 ${A}`,
      { baseUrl: A },
    ],
    ["an option of curl that is not known", `curl --some-new-url https://new.example ${A}`, { baseUrl: A }],
    ["two addresses of one curl", `curl ${A} ${B} -H "x-api-key: ${KEY_A}"`, "several-addresses"],
    ["the second request of curl", `curl ${A} --next ${B} -H "x-api-key: ${KEY_B}"`, { baseUrl: A, key: null }],
    ["two curl commands", `curl ${A}\ncurl ${B} -H "x-api-key: ${KEY_B}"`, { baseUrl: A, key: null }],
  ])("reads %s", async (_, text, expected) => {
    const pasted = await understandPaste(text);
    if (typeof expected === "string") expect(pasted).toEqual({ ok: false, problem: expected });
    else expect(pasted).toMatchObject({ ok: true, ...expected });
  });

  /** Parties with addresses and keys of their own; each may lack either. */
  const parties = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 10, max: 99 }),
      address: fc.boolean(),
      key: fc.boolean(),
      keyFirst: fc.boolean(),
    }),
    { minLength: 2, maxLength: 5, selector: ({ id }) => id },
  );
  type Party = { id: number; address: boolean; key: boolean; keyFirst: boolean };
  const addressOf = (id: number) => `https://h${id}.example.org/v1`;
  const keyOf = (id: number) => `sk-${id}-0123456789abcdef`;
  const members = ({ id, address, key, keyFirst }: Party, names: readonly [string, string]) => {
    const both: [string, string][] = [
      ...(address ? [[names[0], addressOf(id)] satisfies [string, string]] : []),
      ...(key ? [[names[1], keyOf(id)] satisfies [string, string]] : []),
    ];
    return keyFirst ? both.reverse() : both;
  };
  const object = (party: Party, names: readonly [string, string]) => Object.fromEntries(members(party, names));
  const lines = (party: Party, names: readonly [string, string], write: (name: string, value: string) => string) =>
    members(party, names).map(([name, value]) => write(name, value));

  const FORMS: Readonly<Record<string, (all: readonly Party[]) => string>> = {
    json: (all) =>
      JSON.stringify({
        provider: Object.fromEntries(all.map((one) => [`p${one.id}`, { options: object(one, ["baseURL", "apiKey"]) }])),
      }),
    "json, indented": (all) =>
      JSON.stringify(
        all.map((one) => object(one, ["apiBase", "apiKey"])),
        null,
        "\t",
      ),
    "json, headers": (all) =>
      JSON.stringify(
        all.map((one) => ({
          ...(one.address && { url: addressOf(one.id) }),
          ...(one.key && { headers: { Authorization: `Bearer ${keyOf(one.id)}` } }),
        })),
      ),
    "a piece of json": (all) =>
      `${all.map((one) => `"p${one.id}": ${JSON.stringify(object(one, ["baseURL", "apiKey"]), null, 2)}`).join(",\n")} },`,
    "yaml list": (all) =>
      all
        .flatMap((one) => [
          `  - model_name: m${one.id}`,
          "    litellm_params:",
          "      model: openai/x",
          ...lines(one, ["api_base", "api_key"], (name, value) => `      ${name}: ${value}`),
        ])
        .join("\n"),
    "broken yaml list": (all) =>
      [
        "x: @",
        ...all.flatMap((one) => ["- model: x", ...lines(one, ["api_base", "api_key"], (n, v) => `  ${n}: ${v}`)]),
      ].join("\n"),
    compose: (all) =>
      [
        "services:",
        ...all.flatMap((one) => [
          `  s${one.id}:`,
          "    environment:",
          "      - X=1",
          ...lines(one, ["OPENAI_BASE_URL", "OPENAI_API_KEY"], (name, value) => `      - ${name}=${value}`),
        ]),
      ].join("\n"),
    toml: (all) =>
      all
        .flatMap((one) => [`[p.p${one.id}]`, ...lines(one, ["base_url", "api_key"], (n, v) => `${n} = "${v}"`)])
        .join("\n"),
    env: (all) =>
      all
        .flatMap(({ id, ...one }) =>
          lines({ id, ...one }, [`T${id}_BASE_URL`, `T${id}_API_KEY`], (n, v) => `export ${n}=${v}`),
        )
        .join("\n"),
    "env in one line": (all) =>
      all
        .flatMap(({ id, ...one }) => lines({ id, ...one }, [`T${id}_URL`, `T${id}_TOKEN`], (n, v) => `${n}=${v}`))
        .join(" "),
    python: (all) =>
      all
        .map((one) => `c${one.id} = OpenAI(${lines(one, ["base_url", "api_key"], (n, v) => `${n}="${v}"`).join(", ")})`)
        .join("\n"),
    "python modules": (all) =>
      all
        .flatMap(({ id, ...one }) =>
          lines({ id, ...one }, [`m${id}.api_base`, `m${id}.api_key`], (n, v) => `${n} = "${v}"`),
        )
        .join("\n"),
    javascript: (all) =>
      all
        .map(
          (one) =>
            `const c${one.id} = new OpenAI({ ${lines(one, ["baseURL", "apiKey"], (n, v) => `${n}: '${v}'`).join(", ")} });`,
        )
        .join("\n"),
    curl: (all) =>
      all
        .map(
          ({ id, address, key }) =>
            `curl ${key ? `-sH "x-api-key: ${keyOf(id)}" ` : ""}${address ? addressOf(id) : "-o x"}`,
        )
        .join("\n"),
  };

  it.each(Object.entries(FORMS))("never gives the key of one with the address of another: %s", async (_, write) => {
    let pairs = 0;
    await fc.assert(
      fc.asyncProperty(parties, async (all) => {
        const pasted = await understandPaste(write(all));
        if (!pasted.ok || pasted.baseUrl === null || pasted.key === null) return;
        pairs += 1;
        const owner = all.find(({ id }) => addressOf(id) === pasted.baseUrl);
        expect(pasted.key).toEqual(secret(keyOf(owner?.id ?? 0)));
      }),
      { numRuns: 300 },
    );
    // A reader that never gives a pair would pass, too.
    expect(pairs).toBeGreaterThan(10);
  });
});
