import { ChevronRight } from "lucide-react";
import { useEffect, useRef } from "react";
import { failureWords, missingKeyWords } from "../../../../app/wording/status-words.ts";
import { classNames } from "../../../theme/class-names.ts";
import { takeTo } from "../../../ui/attention.ts";
import { Trace } from "../../../ui/Trace.tsx";
import { useWords } from "../../../words.tsx";
import { SampleTree } from "./SampleTree.tsx";
import styles from "./sample.module.css";
import type { MappingModel } from "./use-mapping.ts";
import type { SampleModel } from "./use-sample.ts";

const c = classNames(styles);

interface SampleProps {
  readonly sample: SampleModel;
  readonly mapping: MappingModel;
}

/** What the endpoint answered, to point at; or why there is nothing to point at. */
export function Sample({ sample, mapping }: SampleProps) {
  const { t } = useWords();
  const { result } = sample;
  const outcome = useRef<HTMLDivElement>(null);

  // Whoever asked for it is taken to what came, which stands below the button.
  useEffect(() => {
    if (result !== null) takeTo(outcome.current);
  }, [result]);

  return (
    <div ref={outcome} role="status" className={c("live")} tabIndex={-1}>
      {result?.outcome.type === "failure" && (
        <Trouble {...failureWords(result.outcome.failure, t)}>
          <Steps trace={result.trace} />
        </Trouble>
      )}
      {result?.outcome.type === "needs-key" && (
        <Trouble {...missingKeyWords(result.outcome.reason, result.outcome.detail, t)} />
      )}
      {result?.outcome.type === "answer" && (
        <section className={c("sample")} aria-label={t("mapping.sample")}>
          <div className={c("head")}>
            <h3 className={c("title")}>{t("mapping.sample")}</h3>
            <p className={c("hint")}>{t("mapping.sample-hint")}</p>
          </div>
          <SampleTree body={result.outcome.body} at={sample.at} mapping={mapping} />
        </section>
      )}
    </div>
  );
}

function Steps({ trace }: { readonly trace: React.ComponentProps<typeof Trace>["steps"] }) {
  const { t } = useWords();
  return (
    <details className={c("trace")}>
      <summary className={c("traceTitle")}>
        <ChevronRight className={c("chevron")} size={13} strokeWidth={2.4} aria-hidden="true" />
        {t("form.trace")}
      </summary>
      <Trace steps={trace} />
    </details>
  );
}

interface TroubleProps {
  readonly title: string;
  readonly detail: string | null;
  readonly next: string;
  readonly children?: React.ReactNode;
}

function Trouble({ title, detail, next, children }: TroubleProps) {
  return (
    <div className={c("trouble")}>
      <p className={c("title")}>{title}</p>
      {detail !== null && <p className={c("detail")}>{detail}</p>}
      <p className={c("hint")}>{next}</p>
      {children}
    </div>
  );
}
