import { describe, expect, it } from "vitest";
import { describeFingerprint } from "../../../../tests/scenarios/describe-fingerprint.ts";
import { register } from "../../register.ts";
import { cloudflare } from "./descriptor.ts";
import { fingerprint } from "./fingerprint.ts";

describeFingerprint(register(cloudflare));

describe("the path of the Cloudflare fingerprint", () => {
  it.each([
    ["https://api.cloudflare.com/client/v4/accounts/0a1b", "/ai-gateway/billing/credit-balance"],
    ["https://proxy.example/client/v4/accounts/0a1b", "/ai-gateway/billing/credit-balance"],
    ["https://api.cloudflare.com", null],
    ["https://api.cloudflare.com/client/v4/accounts", null],
    ["https://gateway.example/v1", null],
  ])("of %s is %j", (baseUrl, path) => {
    expect(fingerprint.path(baseUrl)).toBe(path);
  });

  it("knows a refusal by its envelope, and no other refusal", () => {
    const refused = { success: false, errors: [{ code: 10000, message: "no" }], messages: [], result: null };
    const answer = { status: 403, headers: {}, body: refused };
    expect(fingerprint.recognize(answer)).toEqual({ likelihood: "likely", version: null, keyRefused: true });
    expect(fingerprint.recognize({ ...answer, body: { success: false, data: { message: "no" } } })).toBeNull();
    expect(fingerprint.recognize({ ...answer, status: 404 })).toBeNull();
  });
});
