import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sources } from "../../app/sources/registry.ts";
import { servicesWithoutEndpoint } from "../../app/sources/without-endpoint.ts";
import { sourcesText } from "../../build/sources-text.ts";

const saved = readFileSync(new URL("../../docs/sources.md", import.meta.url), "utf8");

/** The rows of the table under a heading, without its head. */
function rowsUnder(heading: string): string[] {
  const section = saved.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2);
}

describe("docs/sources.md", () => {
  it("is what the registry says; else run `npm run sources-doc`", () => {
    expect(saved).toBe(sourcesText(sources, servicesWithoutEndpoint));
  });

  it("lists at least 14 gateways and 25 providers", () => {
    expect(rowsUnder("Gateways").length).toBeGreaterThanOrEqual(14);
    expect(rowsUnder("Providers").length).toBeGreaterThanOrEqual(25);
  });

  it("lists every service without an endpoint", () => {
    expect(rowsUnder("Services without a quota to ask for")).toHaveLength(servicesWithoutEndpoint.length);
  });
});

describe("the text about sources", () => {
  const odd = {
    id: "odd",
    name: "A|B *c*",
    group: "provider" as const,
    reads: "what\nthere is",
    keyNote: "a key (pk_…)",
    confidence: "RE*" as const,
    minIntervalSeconds: 90,
    defaultBaseUrl: "https://a.example",
    otherBaseUrls: ["https://b.example"],
    known: { env: ["ODD_KEY"], files: [{ tool: "Odd", paths: ["~/.odd/auth.json"], pointer: "/token" }] },
  };

  it("keeps each source in one row, whatever it is called", () => {
    const text = sourcesText([odd], []);
    expect(text).toContain(
      "| A\\|B \\*c\\* | `odd` | what there is | a key (pk\\_…) | RE\\* | 90 s | `https://a.example`, `https://b.example` |",
    );
    expect(text).toContain("| A\\|B \\*c\\* | `ODD_KEY` | Odd: `~/.odd/auth.json` |");
  });

  it("says intervals in the largest unit that fits, and that some have no address of their own", () => {
    const { known: _, ...plain } = odd;
    const text = sourcesText([{ ...plain, minIntervalSeconds: 3600, defaultBaseUrl: null, otherBaseUrls: [] }], []);
    expect(text).toContain("| 1 h | your own |");
    expect(text).not.toContain("ODD_KEY");
    expect(sourcesText([{ ...plain, minIntervalSeconds: 300 }], [])).toContain("| 5 min |");
  });
});
