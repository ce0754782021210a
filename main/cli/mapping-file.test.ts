import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readMappingFile, secretInputs } from "./mapping-file.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-mapping-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(folder, "definition.json");
  writeFileSync(path, text);
  return path;
}

const own = { path: "/me", meters: [{ id: "left", label: "Left", remaining: "$.left", unit: "credits" }] };

describe("readMappingFile", () => {
  it("takes a definition of our own, with a byte order mark too", async () => {
    const result = await readMappingFile(file(`\uFEFF${JSON.stringify(own)}`), "mapped");
    expect(result).toMatchObject({
      ok: true,
      leftOut: [],
      options: { definition: { path: "/me", meters: [{ id: "left" }] } },
    });
  });

  it("takes a json-v1 one, and says what it left out", async () => {
    const foreign = {
      format: "json-v1",
      url: "https://x.example",
      path: "/me",
      mappings: [{ name: "Left", type: "used-limit", used: "u", limit: "l", unit: "tokens" }],
    };
    const result = await readMappingFile(file(JSON.stringify(foreign)), "mapped");
    expect(result).toMatchObject({
      ok: true,
      leftOut: ["url: not taken over"],
      options: { definition: { meters: [{ used: { path: "$.u" } }] } },
    });
  });

  it.each([
    ["a file that is not there", join(folder, "none.json"), "mapped", "cannot be read (ENOENT)"],
    ["a folder", folder, "mapped", "cannot be read (EISDIR)"],
    ["another kind", "x.json", "neutral", "--mapping is not for the kind neutral"],
    ["no kind at all", "x.json", "toString", "--mapping is not for the kind toString"],
  ])("refuses %s", async (_, path, kind, problem) => {
    const result = await readMappingFile(path, kind);
    expect(result.ok ? "" : result.problem).toContain(problem);
  });

  it.each([
    ["{", "definition.json is not JSON"],
    ["[]", "definition.json: not an object"],
    [JSON.stringify({ ...own, path: "me" }), "definition.json: path: must begin with a slash"],
    [
      JSON.stringify({ meters: [{ ...own.meters[0], remaining: "$.a[" }] }),
      "meters.0.remaining.path: unclosed bracketed selection (at character 5)",
    ],
    [
      JSON.stringify({ mappings: [{ name: "S", type: "status" }] }),
      "no mapping could be taken over; mappings[0]: a status is no quota",
    ],
    [" ".repeat(300_000), "is too large for a definition"],
  ])("names what is wrong", async (text, problem) => {
    const result = await readMappingFile(file(text), "mapped");
    expect(result.ok ? "" : result.problem).toContain(problem);
  });
});

describe("secretInputs", () => {
  it("reads names and variables", () => {
    expect(secretInputs(["admin=ADMIN_KEY", "a-b=_X1"])).toEqual({
      admin: { type: "env", name: "ADMIN_KEY" },
      "a-b": { type: "env", name: "_X1" },
    });
    expect(secretInputs([])).toEqual({});
  });

  it.each(["admin", "admin=", "=X", "Admin=X", "admin=1X", "admin=X Y"])("refuses %j", (entry) => {
    expect(secretInputs(["ok=OK", entry])).toBeNull();
  });
});
