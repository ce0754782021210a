// Sums what the test runners report in JSON. A runner that ran nothing, or left no report, counts as a failure.
import { readFileSync } from "node:fs";

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/**
 * @param {string} file written by `vitest --reporter=json`
 * @returns {Count | null} null where there is no readable report
 */
export function readVitest(file) {
  const report = readJson(file);
  if (report === null) return null;
  // A file that cannot be loaded has no tests to fail; it counts as one failure.
  const broken = report.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ result) =>
      result.status === "failed" && result.assertionResults.length === 0,
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {string} file written by Playwright's JSON reporter
 * @returns {Count | null} null where there is no readable report
 */
export function readPlaywright(file) {
  const report = readJson(file);
  if (report === null) return null;
  const { expected, unexpected, flaky, skipped } = report.stats;
  const outsideTests = expected + unexpected + flaky + skipped === 0 ? report.errors.length : 0;
  return { passed: expected, failed: unexpected + flaky + outsideTests, skipped };
}

/**
 * The closing line. Skipped tests are named only where there are some.
 * @param {readonly Count[]} counts
 */
export function closingLine(counts) {
  const sum = (/** @type {keyof Count} */ key) => counts.reduce((total, count) => total + count[key], 0);
  const skipped = sum("skipped");
  return `${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** @param {string} file */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
