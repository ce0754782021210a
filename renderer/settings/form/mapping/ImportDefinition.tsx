import { useState } from "react";
import {
  type RecognizedDefinition,
  recognizeDefinition,
} from "../../../../app/sources/mapping/recognize-definition.ts";
import { classNames } from "../../../theme/class-names.ts";
import { Button } from "../../../ui/Button.tsx";
import { useWords } from "../../../words.tsx";
import { DefinitionInput } from "./DefinitionInput.tsx";
import styles from "./mapping.module.css";
import { addressFits } from "./use-mapping.ts";

const c = classNames(styles);

interface ImportDefinitionProps {
  /** The address that the form has. */
  readonly address: string;
  readonly onImport: (recognized: Extract<RecognizedDefinition, { ok: true }>) => void;
  readonly onClose: () => void;
}

/** Takes a definition from a text: one of our own, or json-v1. Says what of it could not be taken over. */
export function ImportDefinition({ address, onImport, onClose }: ImportDefinitionProps) {
  const { t } = useWords();
  const [text, setText] = useState("");
  const [result, setResult] = useState<RecognizedDefinition | "not-json" | null>(null);
  /** Of another service than the form's address, which stays. */
  const [foreign, setForeign] = useState<string | null>(null);

  function take(): void {
    const parsed = parse(text);
    const recognized = parsed === undefined ? ("not-json" as const) : recognizeDefinition(parsed);
    setResult(recognized);
    if (recognized === "not-json" || !recognized.ok) return;
    const proposed = recognized.proposal.address;
    const kept = proposed !== null && !addressFits(address, proposed) ? proposed : null;
    setForeign(kept);
    onImport(recognized);
    if (recognized.leftOut.length === 0 && kept === null) onClose();
  }

  const leftOut = result === null || result === "not-json" ? [] : result.leftOut;
  const notes = foreign === null ? leftOut : [t("mapping.address-kept", { address: foreign }), ...leftOut];
  const done = result !== null && result !== "not-json" && result.ok;
  const problem = result === "not-json" ? t("mapping.not-json") : result?.ok === false ? result.problem : null;
  return (
    <DefinitionInput
      label={t("mapping.import-text")}
      hint={t("mapping.import-hint")}
      problem={problem}
      rows={6}
      text={text}
      onChange={(typed) => {
        setText(typed);
        setResult(null);
      }}
      buttons={
        <>
          <Button small variant={done ? "standard" : "primary"} disabled={text.trim() === ""} onClick={take}>
            {t("mapping.take-over")}
          </Button>
          <Button small variant={done ? "primary" : "plain"} onClick={onClose}>
            {t("action.close")}
          </Button>
        </>
      }
    >
      <div role="status" className={c("live")}>
        {notes.length > 0 && (
          <div className={c("leftOut")}>
            <p>{t(done ? "mapping.left-out" : "mapping.not-understood")}</p>
            <ul>
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </DefinitionInput>
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
