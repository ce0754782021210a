import { failureCauseSchema } from "../../app/quota/failure.ts";
import type { TraceStep } from "../../app/quota/reading.ts";
import { classNames } from "../theme/class-names.ts";
import { useWords } from "../words.tsx";
import styles from "./trace.module.css";

const c = classNames(styles);

/** What was asked and what came back: the requests of one poll. */
export function Trace({ steps }: { readonly steps: readonly TraceStep[] }) {
  const { t, f } = useWords();
  if (steps.length === 0) return <p className={c("none")}>{t("trace.none")}</p>;
  return (
    <ol className={c("steps")} aria-label={t("trace.title")}>
      {steps.map((step, index) => (
        // A poll may ask the same address twice; its steps never change their places.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={index} className={c("step", step.problem !== null && "bad")}>
          <span className={c("request")}>
            <span className={c("method")}>{step.method}</span> {step.url}
          </span>
          <span className={c("answer")}>
            {[
              step.status === null ? t("trace.no-answer") : t("trace.status", { status: String(step.status) }),
              t("trace.ms", { ms: f.number(Math.round(step.ms)) }),
              t("trace.bytes", { count: step.bytes, bytes: f.number(step.bytes) }),
            ].join(" · ")}
          </span>
          {step.problem !== null && <span className={c("problem")}>{problemWords(step.problem)}</span>}
        </li>
      ))}
    </ol>
  );

  function problemWords(problem: string): string {
    const cause = failureCauseSchema.safeParse(problem);
    return cause.success ? t(`cause.${cause.data}.title`) : problem;
  }
}
