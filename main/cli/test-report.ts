import type { TestResult } from "../../app/contract/contract.ts";
import type { TraceStep } from "../../app/quota/reading.ts";
import { meterWords } from "../../app/wording/meter-words.ts";
import { failureWords, missingKeyWords } from "../../app/wording/status-words.ts";
import type { Wording } from "./wording.ts";

/** What a test poll asked, what came back and what was understood, as text. */
export function testReport(result: TestResult, now: number, { t, f }: Wording): string {
  const lines = traceLines(result.trace);
  const { outcome } = result;
  switch (outcome.type) {
    case "reading":
      if (outcome.reading.account !== null) lines.push(`Key: ${outcome.reading.account}`);
      for (const meter of outcome.reading.meters) {
        const words = meterWords(meter, now, f, t);
        const reset = words.reset === null ? "" : `, ${t("reset.in", { countdown: words.reset.countdown })}`;
        lines.push(`${words.label}: ${words.amount}${words.percent === null ? "" : ` (${words.percent})`}${reset}`);
      }
      if (outcome.reading.meters.length === 0) lines.push("It answered, but told of no quota.");
      break;
    case "failure": {
      const words = failureWords(outcome.failure, t);
      lines.push(words.detail === null ? words.title : `${words.title} (${words.detail})`, words.next);
      break;
    }
    case "needs-key": {
      const words = missingKeyWords(outcome.reason, outcome.detail, t);
      lines.push(words.detail === null ? words.title : `${words.title} (${words.detail})`, words.next);
      break;
    }
  }
  return `${lines.join("\n")}\n`;
}

/** One line per request: "GET https://… → 200, 412 bytes, 38 ms". */
export function traceLines(trace: readonly TraceStep[]): string[] {
  return trace.map((step) => {
    const answer = step.status === null ? "no answer" : `${step.status}, ${step.bytes} bytes`;
    const problem = step.problem === null ? "" : ` (${step.problem})`;
    return `${step.method} ${step.url} → ${answer}, ${Math.round(step.ms)} ms${problem}`;
  });
}
