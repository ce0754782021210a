import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { closingLine, readPlaywright, readVitest } from "../../build/test-reports.mjs";

const folder = mkdtempSync(join(tmpdir(), "plimsoll-reports-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function reportFile(content: string): string {
  const file = join(folder, "report.json");
  writeFileSync(file, content);
  return file;
}

describe("readVitest", () => {
  it("counts tests, and a file that could not be loaded as one failure", () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: "passed", assertionResults: [{}] },
        { status: "failed", assertionResults: [{}] },
        { status: "failed", assertionResults: [] },
      ],
    };
    expect(readVitest(reportFile(JSON.stringify(report)))).toEqual({ passed: 7, failed: 2, skipped: 3 });
  });
});

describe("readPlaywright", () => {
  const report = (stats: object, errors: unknown[] = []) =>
    reportFile(JSON.stringify({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors }));

  it("takes a test that passed only at a second try for failed", () => {
    expect(readPlaywright(report({ expected: 5, unexpected: 1, flaky: 1, skipped: 2 }))).toEqual({
      passed: 5,
      failed: 2,
      skipped: 2,
    });
  });

  it("counts an error outside any test", () => {
    expect(readPlaywright(report({}, [{ message: "no tests found" }]))).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe("no report", () => {
  it.each([readVitest, readPlaywright])("is told apart from an empty one", (read) => {
    expect(read(join(folder, "none.json"))).toBeNull();
    expect(read(reportFile('{"cut": "sho'))).toBeNull();
  });
});

describe("closingLine", () => {
  it.each([
    [[], "0 passed, 0 failed"],
    [[{ passed: 3, failed: 0, skipped: 0 }], "3 passed, 0 failed"],
    [
      [
        { passed: 3, failed: 1, skipped: 0 },
        { passed: 4, failed: 0, skipped: 2 },
      ],
      "7 passed, 1 failed, 2 skipped",
    ],
  ])("%j", (counts, expected) => {
    expect(closingLine(counts)).toBe(expected);
  });
});
