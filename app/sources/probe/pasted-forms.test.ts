import { describe, expect, it } from "vitest";
import { type Pasted, understandPaste } from "./pasted.ts";
import { isPlainAddress } from "./pasted-plain.ts";

const URL_A = "https://llm.example.org/v1";
const KEY = "sk-team-0123456789abcdef";
type Understood = Partial<Extract<Pasted, { ok: true }>>;
const both: Understood = { baseUrl: URL_A, key: { type: "secret", secret: KEY }, leftOut: null };
const onlyKey: Understood = { from: "key", baseUrl: null, key: { type: "secret", secret: KEY } };

describe("forms that people paste", () => {
  it.each<[string, string, Understood]>([
    ["short options in one word", `curl -sH "Authorization: Bearer ${KEY}" ${URL_A}`, both],
    ["an output among short options", `curl -so out.json ${URL_A} -H 'x-api-key: ${KEY}'`, both],
    ["an output that is an address", `curl -so out.example.com ${URL_A} -H 'x-api-key: ${KEY}'`, both],
    ["curl by another user", `sudo curl ${URL_A} -H "api-key: ${KEY}"`, both],
    ["curl by another user with options", `$ sudo -E curl ${URL_A} -H "api-key: ${KEY}"`, both],
    ["curl with a variable before it", `K=1 curl ${URL_A} -H "api-key: ${KEY}"`, both],
    ["curl whose output is kept", `OUT=$(curl -s ${URL_A} -H "api-key: ${KEY}")`, both],
    ["LiteLLM's settings in code", `litellm.api_base="${URL_A}"\nlitellm.api_key="${KEY}"`, both],
    ["LiteLLM's settings without quotes", `litellm.api_base=${URL_A}\nlitellm.api_key=${KEY}`, both],
    ["openai's settings in code", `import openai\n\nopenai.api_key = "${KEY}"\nopenai.api_base = "${URL_A}"\n`, both],
    [
      "settings through Python's environment",
      `os.environ["OPENAI_BASE_URL"] = "${URL_A}"\nos.environ["OPENAI_API_KEY"] = "${KEY}"`,
      both,
    ],
    ["Claude's settings", JSON.stringify({ env: { ANTHROPIC_BASE_URL: URL_A, ANTHROPIC_AUTH_TOKEN: KEY } }), both],
    [
      "indented by tabs",
      JSON.stringify({ env: { ANTHROPIC_BASE_URL: URL_A, ANTHROPIC_AUTH_TOKEN: KEY } }, null, "\t"),
      both,
    ],
    [
      "a map of compose",
      `services:\n  app:\n    environment:\n      OPENAI_BASE_URL: ${URL_A}\n      OPENAI_API_KEY: "${KEY}"\n`,
      both,
    ],
    [
      "a list of compose",
      `    environment:\n      - OPENAI_BASE_URL=${URL_A}\n      - "OPENAI_API_KEY=${KEY}"\n`,
      both,
    ],
    ["fish", `set -gx OPENAI_BASE_URL ${URL_A}\nset -gx OPENAI_API_KEY ${KEY}`, both],
    [
      "fish with long options",
      `set --global --export OPENAI_BASE_URL "${URL_A}"\nset -Ux OPENAI_API_KEY '${KEY}'`,
      both,
    ],
    ["setx", `setx OPENAI_BASE_URL "${URL_A}"\nsetx OPENAI_API_KEY "${KEY}"`, both],
    ["docker", `docker run -e OPENAI_BASE_URL=${URL_A} -e OPENAI_API_KEY=${KEY} x`, both],
    [
      "Codex",
      `[model_providers.team]\nbase_url = "${URL_A}"\nenv_key = "TEAM_KEY"\n`,
      { baseUrl: URL_A, key: { type: "env", name: "TEAM_KEY" } },
    ],
    ["Cline", JSON.stringify({ openAiBaseUrl: URL_A, openAiApiKey: KEY }), both],
    ["headers in a configuration", JSON.stringify({ url: URL_A, headers: { Authorization: `Bearer ${KEY}` } }), both],
    ["Azure", `AzureOpenAI(azure_endpoint="${URL_A}", api_key="${KEY}")`, both],
    ["a header alone", `Authorization: Bearer ${KEY}`, onlyKey],
    ["a header in quotes", `"Authorization: Bearer ${KEY}"`, onlyKey],
    ["another header alone", `x-api-key: ${KEY}`, onlyKey],
    ["a header of an old form", `Authorization: api_key=${KEY}`, onlyKey],
    ["a quoted key", `"${KEY}"`, onlyKey],
    ["a key with its label", `key: ${KEY}`, onlyKey],
    [
      "a key in base 64",
      "c2VjcmV0LWtleS0wMTIzNDU2Nzg5YQ==",
      { from: "key", key: { type: "secret", secret: "c2VjcmV0LWtleS0wMTIzNDU2Nzg5YQ==" } },
    ],
    [
      "a key in base 64 beside its address",
      `${URL_A} c2VjcmV0LWtleTAxMg==`,
      { baseUrl: URL_A, key: { type: "secret", secret: "c2VjcmV0LWtleTAxMg==" } },
    ],
    [
      "a key in base 64 in a variable",
      `X_BASE_URL=${URL_A}\nX_API_KEY=c2VjcmV0LWtleTAxMg==`,
      { key: { type: "secret", secret: "c2VjcmV0LWtleTAxMg==" } },
    ],
    [
      "a key that is no key of ours",
      `curl ${URL_A} -H "Idempotency-Key: 0123456789" -H "x-csrf-token: abcdefgh1"`,
      { baseUrl: URL_A, key: null },
    ],
    [
      "a key that is kept elsewhere",
      `curl ${URL_A} -H "x-portkey-virtual-key: virtual-0123" -H "x-portkey-api-key: ${KEY}"`,
      both,
    ],
    ["a key of the proxy", `curl ${URL_A} -H "Proxy-Authorization: Bearer proxy-0123456" -H "api-key: ${KEY}"`, both],
    [
      "a key out of a command",
      `curl ${URL_A} -H "Authorization: Bearer $(cat ~/.key)"`,
      { baseUrl: URL_A, key: null, leftOut: "key-from-command" },
    ],
    [
      "a key out of back-ticks",
      `curl ${URL_A} -H "Authorization: Bearer \`pass show key\`"`,
      { baseUrl: URL_A, key: null, leftOut: "key-from-command" },
    ],
    [
      "a variable out of a command",
      `export X_BASE_URL=${URL_A}\nexport X_API_KEY="$(pass show key)"`,
      { baseUrl: URL_A, key: null, leftOut: "key-from-command" },
    ],
    [
      "a variable out of a command without quotes",
      `export X_BASE_URL=${URL_A}\nexport X_API_KEY=$(pass show key)`,
      { baseUrl: URL_A, key: null, leftOut: "key-from-command" },
    ],
    ["a secret of a pipeline", `X_BASE_URL: ${URL_A}\nX_API_KEY: \${{ secrets.X }}`, { baseUrl: URL_A, key: null }],
    [
      "what is commented out",
      `# OPENAI_BASE_URL=https://old.example\nOPENAI_BASE_URL=${URL_A}\n  #OPENAI_API_KEY=sk-old-0123456\nOPENAI_API_KEY=${KEY}`,
      both,
    ],
    [
      "a name in code for a key",
      `OpenAI(base_url="${URL_A}", api_key=my_key_1234)`,
      { baseUrl: URL_A, key: null, leftOut: null },
    ],
  ])("reads %s", async (_, text, expected) => {
    expect(await understandPaste(text)).toMatchObject({ ok: true, ...expected });
  });

  it.each([
    ["a key of a proxy", "Proxy-Authorization: Bearer proxy-0123456"],
    ["a key of an operation", "Idempotency-Key: 0123456789abcdef"],
    ["a token of a page", "x-csrf-token: 0123456789abcdef"],
    ["a password", "Authorization: Basic bWU6cHdwd3B3"],
  ])("takes %s for no key", async (_, text) => {
    expect(await understandPaste(text)).toMatchObject({ ok: false });
  });

  it.each([
    ["https://llm.example.org/v1", true],
    [" localhost:4000 ", true],
    ["https://llm.example.org/ui/?page=keys", false],
    [`https://llm.example.org ${KEY}`, false],
    [KEY, false],
    ["/v1", true],
    ['{"url":"https://a.example"}', false],
  ])("knows whether %j is an address and nothing else", (text, expected) => {
    expect(isPlainAddress(text)).toBe(expected);
  });
});
