import { PlugZap } from "lucide-react";
import type { ReactNode } from "react";
import { usePage } from "../store/context.tsx";
import { classNames } from "../theme/class-names.ts";
import { useWords } from "../words.tsx";
import { Banner } from "./Banner.tsx";
import { Button } from "./Button.tsx";
import { errorWords } from "./error-words.ts";
import styles from "./gate.module.css";
import { LiveRegion } from "./LiveRegion.tsx";
import { Mark } from "./Mark.tsx";
import { Toasts } from "./Toasts.tsx";

const c = classNames(styles);

interface GateProps {
  /** What stands there until the host has answered. */
  readonly waiting: ReactNode;
  readonly children: ReactNode;
}

/** Shows the page once the host's state is known, and says plainly what is wrong when it is not or no longer. */
export function Gate({ waiting, children }: GateProps) {
  const { t } = useWords();
  const connection = usePage((state) => state.connection);
  const ready = usePage((state) => state.app !== null);
  const fatal = usePage((state) => state.fatal);
  if (connection === "refused") {
    return <Explanation title={t("session.title")} body={t("session.body")} />;
  }
  if (fatal !== null) {
    const { title, detail, next } = errorWords(fatal, t);
    return (
      <Explanation
        title={title}
        body={detail === null ? next : `${detail}. ${next}`}
        action={<Button onClick={() => location.reload()}>{t("action.reload")}</Button>}
      />
    );
  }
  return (
    <>
      {connection === "lost" && (
        <div className={c("lost")} role="alert">
          <Banner tone="danger" icon={PlugZap} title={t("connection.lost.title")}>
            {t("connection.lost.body")}
          </Banner>
        </div>
      )}
      {ready ? children : waiting}
      <Toasts />
      <LiveRegion />
    </>
  );
}

interface ExplanationProps {
  readonly title: string;
  readonly body: string;
  readonly action?: ReactNode;
}

function Explanation({ title, body, action }: ExplanationProps) {
  return (
    <main className={c("explanation")}>
      <Mark size={56} />
      <h1 className={c("title")}>{title}</h1>
      <p className={c("body")}>{body}</p>
      {action}
    </main>
  );
}
