import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import { readMappingFile, secretInputs } from "./mapping-file.ts";
import { addSource } from "./source.ts";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-mapping-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(folder, "definition.json");
  writeFileSync(path, text);
  return path;
}

const own = { path: "/me", meters: [{ id: "left", label: "Left", remaining: "$.left", unit: "credits" }] };

const foreign = {
  label: "Aurora",
  mode: "remote-api",
  url: "https://llm.example.org/me",
  format: "json-v1",
  apiKeyEnv: "AURORA_KEY",
  adapter: {
    mappings: [
      {
        resultType: "quota",
        name: "Left",
        unit: "tokens",
        unitPosition: "suffix",
        metric: { type: "used-limit", used: { path: ["u"] }, limit: { path: ["l"] } },
      },
    ],
  },
};

/** Runs `source add` with these options in a profile of its own. */
async function add(options: Record<string, unknown>) {
  const written = { out: "", err: "" };
  const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written.out += String(text);
    return true;
  });
  const err = vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    written.err += String(text);
    return true;
  });
  try {
    const profile = join(folder, "profile");
    return { exitCode: await addSource({ profile, kind: "mapped", ...options }), ...written, profile };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

describe("source add --kind mapped", () => {
  it("says what to do where there is no definition", async () => {
    const { exitCode, err } = await add({ url: "https://llm.example.org", keyEnv: "X" });
    expect(exitCode).toBe(2);
    expect(err).toBe(
      "plimsoll: the kind mapped needs --mapping FILE: a JSON file that says what to ask and where the figures are " +
        "(docs/mapped-gateways.md). `plimsoll serve` makes one by pointing at a sample.\n",
    );
  });

  it("takes address and name from the definition where they are not given, and says so", async () => {
    const { exitCode, err, out, profile } = await add({ mapping: file(JSON.stringify(foreign)), keyEnv: "AURORA_KEY" });
    expect(err).toBe(
      "plimsoll: note: apiKeyEnv: not taken over; say where the key is.\n" +
        "plimsoll: note: the address is https://llm.example.org, as the definition says.\n",
    );
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^\S+\n$/);
    const saved = readdirSync(profile).map((name) =>
      name.endsWith(".json") ? readFileSync(join(profile, name), "utf8") : "",
    );
    expect(saved.join()).toContain('"baseUrl": "https://llm.example.org"');
    expect(saved.join()).toContain('"label": "Aurora"');
  });

  it("asks for an address where the definition has none either", async () => {
    const { exitCode, err } = await add({ mapping: file(JSON.stringify(own)), keyEnv: "X" });
    expect(exitCode).toBe(2);
    expect(err).toBe("plimsoll: --url is needed: the kind mapped may run anywhere.\n");
  });
});

describe("readMappingFile", () => {
  it("takes a definition of our own, with a byte order mark too", async () => {
    const result = await readMappingFile(file(`\uFEFF${JSON.stringify(own)}`), "mapped");
    expect(result).toMatchObject({
      ok: true,
      leftOut: [],
      options: { definition: { path: "/me", meters: [{ id: "left" }] } },
    });
  });

  it("takes a json-v1 one with its address and name, and says what it left out", async () => {
    const result = await readMappingFile(file(JSON.stringify(foreign)), "mapped");
    expect(result).toMatchObject({
      ok: true,
      leftOut: ["apiKeyEnv: not taken over; say where the key is"],
      proposal: { address: "https://llm.example.org", name: "Aurora" },
      options: { definition: { path: "/me", meters: [{ used: { path: "$.u" } }] } },
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
      JSON.stringify({ mappings: [{ name: "S", metric: { type: "status" } }] }),
      "mappings[0].metric.type: a status is no quota",
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
