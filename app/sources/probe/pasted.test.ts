import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkKey } from "../../settings/key-format.ts";
import { MAX_PASTE, type Pasted, understandPaste } from "./pasted.ts";
import type { PastedKey } from "./pasted-found.ts";

const KEY = "sk-team-0123456789abcdef";
const secret: PastedKey = { type: "secret", secret: KEY };
const env = (name: string): PastedKey => ({ type: "env", name });

describe("understandPaste", () => {
  it.each<[string, string, Partial<Pasted>]>([
    ["an address", "https://llm.example.org/v1", { from: "address", baseUrl: "https://llm.example.org/v1", key: null }],
    [
      "an address with a query, without it",
      "https://a.example/ui/?page=keys#x",
      { from: "address", baseUrl: "https://a.example/ui/" },
    ],
    ["an address without its scheme", "localhost:4000/v1", { from: "address", baseUrl: "localhost:4000/v1" }],
    ["a host", "llm.example.org", { from: "address", baseUrl: "llm.example.org" }],
    ["a key", ` ${KEY}\n`, { from: "key", baseUrl: null, key: secret }],
    ["a token with dots", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2ln", { from: "key", baseUrl: null }],
    [
      "address and key in a line",
      `https://llm.example.org ${KEY}`,
      { from: "address-and-key", baseUrl: "https://llm.example.org", key: secret },
    ],
    [
      "address and key with labels",
      `URL: https://llm.example.org/v1\nAPI key: ${KEY}`,
      { baseUrl: "https://llm.example.org/v1", key: secret },
    ],
    [
      "address and key with commas",
      `"https://llm.example.org", "${KEY}"`,
      { baseUrl: "https://llm.example.org", key: secret },
    ],
    [
      "curl",
      `curl https://llm.example.org/v1/models -H "Authorization: Bearer ${KEY}"`,
      { from: "curl", baseUrl: "https://llm.example.org/v1/models", key: secret },
    ],
    [
      "curl over lines, with a body",
      `curl --location 'http://localhost:4000/chat/completions' \\\n  --header 'Content-Type: application/json' \\\n  --header 'Authorization: Bearer ${KEY}' \\\n  --data '{\n  "model": "x", "url": "https://other.example"\n}'`,
      { baseUrl: "http://localhost:4000/chat/completions", key: secret },
    ],
    [
      "curl with the body first",
      `$ curl -X POST -d '{"u":"https://no.example"}' --url=https://llm.example.org/v1?x=1 -H'x-api-key: ${KEY}' | jq .`,
      { baseUrl: "https://llm.example.org/v1", key: secret },
    ],
    [
      "curl of cmd",
      `curl ^"https://llm.example.org/v1/models^" ^\r\n  -H ^"authorization: Bearer ${KEY}^" ^\r\n  --compressed`,
      { baseUrl: "https://llm.example.org/v1/models", key: secret },
    ],
    [
      "curl of PowerShell",
      `curl.exe https://llm.example.org/v1/models \`\n  -H "api-key: ${KEY}"`,
      { baseUrl: "https://llm.example.org/v1/models", key: secret },
    ],
    [
      "curl with a variable",
      'curl https://llm.example.org/v1/models -H "Authorization: Bearer $TEAM_KEY"',
      { key: env("TEAM_KEY") },
    ],
    [
      "curl with a variable that a shell would not fill in",
      `curl https://llm.example.org -H 'Authorization: Bearer \${TEAM_KEY}'`,
      { key: env("TEAM_KEY") },
    ],
    [
      "curl with variables that the text sets",
      `export BASE=https://llm.example.org\nexport K=${KEY}\ncurl "$BASE/v1/models" -H "Authorization: Bearer $K"`,
      { from: "curl", baseUrl: "https://llm.example.org/v1/models", key: secret },
    ],
    [
      "curl with typographic quotes",
      `curl “https://llm.example.org/v1” -H “Authorization: Bearer ${KEY}”`,
      { baseUrl: "https://llm.example.org/v1", key: secret },
    ],
    ["curl with a bearer option", `curl --oauth2-bearer ${KEY} https://llm.example.org`, { key: secret }],
    [
      "curl through a proxy",
      `curl -x http://proxy.example:3128 -e https://referer.example https://llm.example.org`,
      { baseUrl: "https://llm.example.org" },
    ],
    [
      "curl without a key",
      "curl https://llm.example.org/v1/models",
      { baseUrl: "https://llm.example.org/v1/models", key: null },
    ],
    ["curl with a placeholder", 'curl https://llm.example.org -H "Authorization: Bearer <your key>"', { key: null }],
    [
      "curl with two keys, the first of which counts",
      `curl https://llm.example.org -H "Authorization: Bearer ${KEY}" -H "x-api-key: sk-other-000000"`,
      { key: secret },
    ],
    [
      "export lines",
      `export OPENAI_BASE_URL=https://llm.example.org/v1\nexport OPENAI_API_KEY="${KEY}"`,
      { from: "environment", baseUrl: "https://llm.example.org/v1", key: secret },
    ],
    [
      "exports in a line",
      `export OPENAI_BASE_URL=https://llm.example.org OPENAI_API_KEY=${KEY}`,
      { baseUrl: "https://llm.example.org", key: secret },
    ],
    [
      "a .env file",
      `# team\nANTHROPIC_API_KEY=other-0000000\nTEAM_API_BASE='https://llm.example.org'\nTEAM_API_KEY=${KEY}\n`,
      { baseUrl: "https://llm.example.org", key: secret },
    ],
    [
      "cmd",
      `set OPENAI_BASE_URL=https://llm.example.org\r\nset OPENAI_API_KEY=${KEY}\r\n`,
      { baseUrl: "https://llm.example.org", key: secret },
    ],
    [
      "PowerShell",
      `$env:OPENAI_BASE_URL = "https://llm.example.org"\n$env:OPENAI_API_KEY = "${KEY}"`,
      { baseUrl: "https://llm.example.org", key: secret },
    ],
    [
      "an export that points to another",
      "export OPENAI_BASE_URL=https://llm.example.org OPENAI_API_KEY=$TEAM_KEY",
      { key: env("TEAM_KEY") },
    ],
    [
      "opencode with a key",
      `{ // ours\n "provider": { "team": { "npm": "@ai-sdk/openai-compatible", "options": { "baseURL": "https://llm.example.org/v1", "apiKey": "${KEY}", }, }, }, }`,
      { from: "config", baseUrl: "https://llm.example.org/v1", key: secret },
    ],
    [
      "opencode with a variable",
      '"options": { "apiKey": "{env:TEAM_KEY}", "baseURL": "https://llm.example.org/v1" }',
      { key: env("TEAM_KEY") },
    ],
    [
      "opencode with a file",
      '{"options": {"baseURL": "https://llm.example.org/v1", "apiKey": "{file:~/.key}"}}',
      { key: null },
    ],
    [
      "the key of the same provider",
      `{"a": {"options": {"apiKey": "sk-other-000000"}}, "b": {"options": {"baseURL": "https://llm.example.org", "apiKey": "${KEY}"}}}`,
      { key: secret },
    ],
    [
      "no key of another provider",
      '{"a": {"options": {"apiKey": "sk-other-000000"}}, "b": {"options": {"baseURL": "https://llm.example.org"}}, "c": {"apiKey": "sk-third-00000"}}',
      { baseUrl: "https://llm.example.org", key: null },
    ],
    [
      "Python",
      `client = OpenAI(\n    base_url="https://llm.example.org/v1",\n    api_key="${KEY}",\n)`,
      { from: "config", baseUrl: "https://llm.example.org/v1", key: secret },
    ],
    [
      "Python with a variable",
      'client = OpenAI(api_key=os.environ.get("TEAM_KEY"), base_url="https://llm.example.org")',
      { key: env("TEAM_KEY") },
    ],
    [
      "Python with os.environ",
      'OpenAI(base_url="https://llm.example.org", api_key=os.environ["TEAM_KEY"])',
      { key: env("TEAM_KEY") },
    ],
    [
      "JavaScript",
      `const client = new OpenAI({ baseURL: 'https://llm.example.org/v1', apiKey: '${KEY}' });`,
      { baseUrl: "https://llm.example.org/v1", key: secret },
    ],
    [
      "JavaScript with a variable",
      "new OpenAI({ baseURL: `https://llm.example.org`, apiKey: process.env.TEAM_KEY })",
      { key: env("TEAM_KEY") },
    ],
    [
      "LiteLLM",
      `litellm_params:\n  model: openai/x\n  api_base: https://llm.example.org/v1\n  api_key: os.environ/TEAM_KEY\n`,
      { baseUrl: "https://llm.example.org/v1", key: env("TEAM_KEY") },
    ],
    [
      "LiteLLM's completion()",
      `completion(model="x", api_base="https://llm.example.org", api_key="${KEY}")`,
      { key: secret },
    ],
  ])("reads %s", async (_, text, expected) => {
    expect(await understandPaste(text)).toMatchObject({ ok: true, ...expected });
  });

  it.each<[string, string, string]>([
    ["nothing", " \n ", "empty"],
    ["a sentence", "please give me the key of the team", "not-understood"],
    ["a whole book", "a".repeat(MAX_PASTE + 1), "too-long"],
    ["a user and a password", "curl -u me:pw https://llm.example.org", "user-and-password"],
    ["a user and a password in one word", "curl -ume:pw https://llm.example.org", "user-and-password"],
    ["basic authentication", 'curl https://llm.example.org -H "Authorization: Basic bWU6cHc="', "user-and-password"],
    ["a password in the address", `curl https://me:pw@llm.example.org -H "x-api-key: ${KEY}"`, "user-and-password"],
    ["a command without an address", `curl -H "Authorization: Bearer ${KEY}"`, "no-address"],
    ["an address in an unknown variable", 'curl "$BASE/v1/models"', "address-in-variable"],
    [
      "a key that no header carries",
      'OpenAI(base_url="https://llm.example.org", api_key="schlüssel-0123")',
      "key-cannot-be-sent",
    ],
    ["broken quoting", "curl ${ https://llm.example.org", "not-understood"],
  ])("names the problem of %s", async (_, text, problem) => {
    expect(await understandPaste(text)).toEqual({ ok: false, problem });
  });

  it("runs nothing and fills in nothing but what the text sets", async () => {
    const pasted = await understandPaste(
      'curl https://llm.example.org -H "Authorization: Bearer $(cat ~/.key)" ; rm -rf /',
    );
    expect(pasted).toMatchObject({ ok: true, baseUrl: "https://llm.example.org" });
    expect(JSON.stringify(await understandPaste("curl https://llm.example.org -H 'x-api-key: $HOME'"))).toContain(
      '"HOME"',
    );
  });

  const piece = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.constantFrom(
      "curl ",
      "-H ",
      "'",
      '"',
      "\\\n",
      "^\r\n",
      "$",
      "${",
      "}",
      "{env:",
      "export ",
      "=",
      "https://",
      "a.example",
      "api_key",
      ":",
      "Bearer ",
      "\n",
      "\u2028",
      "`",
      "#",
      "//",
      "/*",
      "sk-1234567890",
    ),
  );

  it("never throws, and gives only keys that can be sent", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
        const pasted = await understandPaste(pieces.join(""));
        if (!pasted.ok || pasted.key === null) return;
        if (pasted.key.type === "env") expect(pasted.key.name).toMatch(/^[A-Za-z_]\w*$/);
        else expect(checkKey(pasted.key.secret)).toEqual({ ok: true, key: pasted.key.secret });
      }),
      { numRuns: 2_000 },
    );
  });

  it("is quick with the worst that fits", async () => {
    for (const unit of [
      'curl "',
      "'\\\"",
      "$'\\",
      "api_key=",
      "{",
      "export A=",
      "https://a ",
      "/*",
      "a".repeat(50),
      "base_url: ",
      '-H "',
      "`",
      "^\n",
    ]) {
      const started = performance.now();
      await understandPaste(`curl ${unit.repeat(Math.floor((MAX_PASTE - 5) / unit.length))}`);
      await understandPaste(unit.repeat(Math.floor(MAX_PASTE / unit.length)));
      // A slow machine is ten times as fast as this; what grows with the square is not.
      expect(performance.now() - started, JSON.stringify(unit)).toBeLessThan(5_000);
    }
  });
});
