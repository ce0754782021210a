import { ChevronRight, CircleCheck, CircleX, KeyRound } from "lucide-react";
import type { KindInfo, TestResult } from "../../../app/contract/contract.ts";
import { failureWords, missingKeyWords } from "../../../app/wording/status-words.ts";
import { classNames } from "../../theme/class-names.ts";
import { Trace } from "../../ui/Trace.tsx";
import { useWords } from "../../words.tsx";
import { withOptionLabel } from "./field-problem.ts";
import { ReadingPreview } from "./ReadingPreview.tsx";
import styles from "./test-outcome.module.css";

const c = classNames(styles);

interface TestOutcomeProps {
  readonly result: TestResult;
  readonly kind: string;
  /** By which an option is called as its field is. */
  readonly optionFields: KindInfo["optionFields"];
  /** The source that is being edited; null for a new one. */
  readonly sourceId: string | null;
  /** False once the form was changed after the test. */
  readonly current: boolean;
}

/** What the test found: the quotas as the popover will show them, or the cause and the next step; always with its requests. */
export function TestOutcome({ result, kind, optionFields, sourceId, current }: TestOutcomeProps) {
  const { t } = useWords();
  const { outcome, trace } = result;
  const good = outcome.type === "reading";
  return (
    <section className={c("outcome", good ? "good" : "bad")} aria-label={t("form.outcome")} tabIndex={-1} data-outcome>
      {!current && <p className={c("outdated")}>{t("form.outdated")}</p>}
      {outcome.type === "reading" ? (
        <ReadingPreview
          reading={outcome.reading}
          kind={kind}
          sourceId={sourceId}
          sign={<CircleCheck size={16} strokeWidth={2.2} aria-hidden="true" />}
        />
      ) : (
        <NotFound
          missingKey={outcome.type === "needs-key"}
          {...(outcome.type === "failure"
            ? withOptionLabel(failureWords(outcome.failure, t), optionFields, t)
            : missingKeyWords(outcome.reason, outcome.detail, t))}
        />
      )}
      <details className={c("trace")} open={!good}>
        <summary className={c("traceTitle")}>
          <ChevronRight className={c("chevron")} size={13} strokeWidth={2.4} aria-hidden="true" />
          {t("form.trace")}
        </summary>
        <Trace steps={trace} />
      </details>
    </section>
  );
}

interface NotFoundProps {
  readonly missingKey: boolean;
  readonly title: string;
  readonly detail: string | null;
  readonly next: string;
}

function NotFound({ missingKey, title, detail, next }: NotFoundProps) {
  const Icon = missingKey ? KeyRound : CircleX;
  return (
    <>
      <p className={c("title")}>
        <Icon size={16} strokeWidth={2.2} aria-hidden="true" />
        {title}
      </p>
      {detail !== null && <p className={c("detail")}>{detail}</p>}
      <p className={c("note")}>{next}</p>
    </>
  );
}
