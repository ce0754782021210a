import fc from "fast-check";
import { expect, it } from "vitest";
import { type Challenge, isProof, newSecret, prove } from "./proof.ts";

const side = fc.constantFrom("host" as const, "face" as const);
const challenge: fc.Arbitrary<Challenge> = fc.record({
  socket: fc.string(),
  faceNonce: fc.string(),
  hostNonce: fc.string(),
  version: fc.string(),
});

it("holds for its own secret, side and challenge, and for nothing else", () => {
  fc.assert(
    fc.property(side, challenge, side, challenge, fc.string(), (ownSide, own, otherSide, other, otherSecret) => {
      const secret = newSecret();
      const proof = prove(ownSide, secret, own);
      expect(isProof(proof, ownSide, secret, own)).toBe(true);
      const same = ownSide === otherSide && JSON.stringify(own) === JSON.stringify(other);
      expect(isProof(proof, otherSide, secret, other)).toBe(same);
      expect(isProof(proof, ownSide, otherSecret, own)).toBe(false);
      expect(isProof(proof.slice(1), ownSide, secret, own)).toBe(false);
    }),
  );
});

it("tells two challenges apart that join to one text", () => {
  const one: Challenge = { socket: "/a", faceNonce: "bc", hostNonce: "d", version: "1" };
  expect(prove("host", "s", one)).not.toBe(prove("host", "s", { ...one, faceNonce: "b", hostNonce: "cd" }));
});

it("makes secrets that nobody guesses", () => {
  const made = Array.from({ length: 50 }, newSecret);
  expect(new Set(made).size).toBe(50);
  for (const secret of made) expect(Buffer.from(secret, "base64url")).toHaveLength(32);
});
