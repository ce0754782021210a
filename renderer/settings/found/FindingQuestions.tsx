import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Finding } from "../../../app/discovery/discovery.ts";
import { failureWords } from "../../../app/wording/status-words.ts";
import { useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { errorWords } from "../../ui/error-words.ts";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { useWords } from "../../words.tsx";
import { originOf } from "../form/draft.ts";
import { PlainHttpConsent } from "../form/PlainHttpConsent.tsx";
import { goTo } from "../route.ts";
import styles from "./found.module.css";
import type { Adding, Problem } from "./use-adding.ts";

const c = classNames(styles);

interface FindingQuestionsProps {
  readonly finding: Finding;
  readonly adding: Adding;
  readonly onCancel: () => void;
}

/** What is to know, and to say, before a finding is added. */
export function FindingQuestions({ finding, adding, onCancel }: FindingQuestionsProps) {
  const { t } = useWords();
  const { needs, place, draft } = finding;
  const { choices, problem, step } = adding;
  const [address, setAddress] = useState("");
  const [kind, setKind] = useState("");
  const [consent, setConsent] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { giveToForm } = useAppStore();
  const byHand = needs.includes("options") || problem?.type === "unknown-kind";
  const asksForAddress = needs.includes("address") && !byHand;
  const asksForConsent =
    !byHand &&
    (consent ||
      needs.includes("plain-http") ||
      (problem?.type === "error" && problem.error.code === "plain-http-needs-consent"));
  const ready = !(asksForAddress && address.trim() === "") && !(asksForConsent && !consent);

  // To the first thing to answer, which is the button where there is nothing else.
  useEffect(() => {
    const first = form.current?.querySelector("input, select, button");
    if (first instanceof HTMLElement) first.focus();
  }, []);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (step === "busy" || byHand || !ready) return;
    void adding.confirm({ address, kind, allowPlainHttp: consent });
  }

  return (
    <form
      ref={form}
      className={c("questions")}
      noValidate
      onSubmit={submit}
      onKeyDown={({ key }) => {
        if (key === "Escape") onCancel();
      }}
    >
      {needs.includes("options") ? (
        <p>{t("found.by-hand-options")}</p>
      ) : (
        <p>
          {place.type === "file" ? t("found.ask-file", { path: place.path }) : t("found.ask-env", { name: place.name })}{" "}
          {t(needs.includes("kind") ? "found.ask-kind" : "found.ask-reading", { host: hostInWords() })}
        </p>
      )}
      {asksForAddress && (
        <Field label={t("form.address")} hint={t("found.ask-address")}>
          {(control) => (
            <input
              {...control}
              type="url"
              inputMode="url"
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              maxLength={2048}
              placeholder={t("form.address-example")}
              value={address}
              onChange={(event) => {
                // A yes was for the host that it was given for.
                if (originOf(event.target.value) !== originOf(address)) setConsent(false);
                setAddress(event.target.value);
              }}
            />
          )}
        </Field>
      )}
      {asksForConsent && <PlainHttpConsent checked={consent} onChange={setConsent} />}
      {choices.length > 0 && (
        <Field label={t("found.which")}>
          {(control) => (
            <Select {...control} value={kind} onChange={(event) => setKind(event.target.value)}>
              {choices.map((candidate) => (
                <option key={candidate.kind} value={candidate.kind}>
                  {candidate.kindName}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {problem !== null && (
        <p className={c("problem")} role="alert">
          {problemWords(problem)}
        </p>
      )}
      <div className={c("answers")}>
        {byHand ? (
          <Button variant="primary" onClick={openForm}>
            {t("found.by-hand")}
          </Button>
        ) : (
          <Button type="submit" variant="primary" disabled={!ready} waiting={step === "busy"}>
            {step === "busy" ? t("found.adding") : t("found.add")}
          </Button>
        )}
        <Button onClick={onCancel}>{t("action.cancel")}</Button>
      </div>
    </form>
  );

  /** The form takes over what is known, so that nothing has to be typed again. */
  function openForm(): void {
    giveToForm(draft);
    goTo({ section: "gateways", form: { type: "add" } });
  }

  function hostInWords(): string {
    const to = (asksForAddress ? address : draft.baseUrl).trim();
    const host = URL.canParse(to) ? new URL(to).host : "";
    return host === "" ? t("found.address-below") : host;
  }

  function problemWords(reason: Problem): string {
    switch (reason.type) {
      case "unknown-kind":
        return t("found.by-hand-kind");
      case "failure": {
        const { title, next } = failureWords(reason.failure, t);
        return `${reason.kindName}: ${title}. ${next}`;
      }
      case "no-key":
        return t("found.no-key-now");
      case "error": {
        const { title, detail, next } = errorWords(reason.error, t);
        return detail === null ? `${title}. ${next}` : `${title}: ${detail}. ${next}`;
      }
    }
  }
}
