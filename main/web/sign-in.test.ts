import { describe, expect, it } from "vitest";
import { createSignIn, LINK_LIFETIME_MS } from "./sign-in.ts";

function withClock() {
  let at = 1_000_000;
  return {
    signIn: createSignIn(() => at),
    pass(ms: number) {
      at += ms;
    },
  };
}

describe("sign-in", () => {
  it("takes a token once, and remembers the browser by another secret", () => {
    const { signIn } = withClock();
    const token = signIn.newToken();
    const first = signIn.exchange(token);
    expect(first.outcome).toBe("signed-in");
    const cookie = first.outcome === "signed-in" ? first.cookie : "";
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(Buffer.from(cookie, "base64url")).toHaveLength(32);
    expect(signIn.isSession(cookie)).toBe(true);
    expect(signIn.isSession(token)).toBe(false);
    expect(signIn.exchange(token).outcome).toBe("refused");
  });

  it("never makes the same secret twice", () => {
    const { signIn } = withClock();
    expect(new Set(Array.from({ length: 100 }, () => signIn.newToken())).size).toBe(100);
  });

  it("lets a token expire", () => {
    const { signIn, pass } = withClock();
    const [late, inTime] = [signIn.newToken(), signIn.newToken()];
    pass(LINK_LIFETIME_MS - 1);
    expect(signIn.exchange(inTime).outcome).toBe("signed-in");
    pass(1);
    expect(signIn.exchange(late).outcome).toBe("refused");
  });

  it("keeps several links open, but not without bound", () => {
    const { signIn } = withClock();
    const tokens = Array.from({ length: 9 }, () => signIn.newToken());
    const outcomes = tokens.map((token) => signIn.exchange(token).outcome);
    expect(outcomes).toEqual(["refused", ...Array.from({ length: 8 }, () => "signed-in")]);
  });

  it("stops looking after many failures, a good token included, until a minute has passed", () => {
    const { signIn, pass } = withClock();
    const token = signIn.newToken();
    for (let i = 0; i < 10; i += 1) expect(signIn.exchange(`guess ${i}`).outcome).toBe("refused");
    expect(signIn.exchange(token)).toEqual({ outcome: "too-many", retryAfterMs: 60_000 });
    pass(60_000);
    expect(signIn.exchange(token).outcome).toBe("signed-in");
  });

  it("does not lock for ever when the clock is set back", () => {
    const { signIn, pass } = withClock();
    for (let i = 0; i < 10; i += 1) signIn.exchange(`guess ${i}`);
    pass(-3_600_000);
    expect(signIn.exchange(signIn.newToken()).outcome).toBe("signed-in");
  });
});
