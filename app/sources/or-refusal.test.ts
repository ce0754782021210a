import { describe, expect, it } from "vitest";
import { ReadError } from "../quota/failure.ts";
import { orRefusal } from "./or-refusal.ts";

describe("orRefusal", () => {
  it("gives what was asked for", async () => {
    expect(await orRefusal(async () => 5)).toBe(5);
  });

  it.each(["key-lacks-permission", "not-found"] as const)("keeps %s", async (cause) => {
    const error = new ReadError(cause);
    expect(await orRefusal(() => Promise.reject(error))).toBe(error);
  });

  it.each([
    new ReadError("key-refused"),
    new ReadError("timed-out"),
    new ReadError("server-error"),
    new ReadError("unexpected-shape"),
    new TypeError("crash"),
  ])("throws %s at once", async (error) => {
    await expect(orRefusal(() => Promise.reject(error))).rejects.toBe(error);
  });
});
