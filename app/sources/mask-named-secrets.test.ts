import { describe, expect, it } from "vitest";
import { maskNamedSecrets } from "./mask-named-secrets.ts";

describe("maskNamedSecrets", () => {
  it.each([
    ["api_key", "sk-live-0123456789"],
    ["apiKey", "short"],
    ["X-Api-Key", "sk-live"],
    ["key", "sk-live-0123456789"],
    ["accessToken", "abc"],
    ["client_secret", "12345678"],
    ["password", "1234"],
    ["authorization", "Bearer abc"],
  ])("replaces the text under %s", (name, text) => {
    expect(maskNamedSecrets({ data: [{ [name]: text, [`${name}s`]: 1 }] })).toEqual({
      data: [{ [name]: "…", [`${name}s`]: 1 }],
    });
  });

  it("replaces each text of a list, and leaves its objects their other members", () => {
    expect(maskNamedSecrets({ keys: ["sk-live-0123456789", { id: 7, secret: "x" }] })).toEqual({
      keys: ["…", { id: 7, secret: "…" }],
    });
  });

  it("leaves figures, dates, names and everything that is called otherwise", () => {
    const value = {
      tokens: 5,
      max_tokens: "unlimited",
      token: "1,234.5",
      used_token: "40 %",
      api_key: null,
      key: "balance",
      key_alias: "ci-runner-2026-01",
      token_type: "prepaid-2026-plan",
      session_token: "2026-11-30T00:00:00Z",
      monkey: "sk-live-0123456789",
      secret: "",
    };
    expect(maskNamedSecrets(value)).toEqual(value);
  });
});
