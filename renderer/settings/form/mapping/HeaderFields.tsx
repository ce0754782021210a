import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import type { SourceDraft } from "../../../../app/contract/contract.ts";
import type { MappingDefinition } from "../../../../app/sources/mapping/definition.ts";
import { classNames } from "../../../theme/class-names.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { CodeInput } from "../../../ui/CodeInput.tsx";
import { Select } from "../../../ui/Select.tsx";
import { useWords } from "../../../words.tsx";
import { type HeaderRow, headerRows, headersOf, secretNameOf } from "./header-rows.ts";
import styles from "./pairs.module.css";

const c = classNames(styles);

interface HeaderFieldsProps {
  readonly headers: MappingDefinition["headers"];
  readonly saved: readonly string[];
  /** The secret that has to be entered anew, by its name; null where none has. */
  readonly missing: string | null;
  readonly onChange: (headers: MappingDefinition["headers"], typed: SourceDraft["secrets"]) => void;
}

/** The headers of the request: texts, the source's key, or secrets of their own, which go to the host and never come back. */
export function HeaderFields({ headers, saved, missing, onChange }: HeaderFieldsProps) {
  const { t } = useWords();
  const problemId = useId();
  const [rows, setRows] = useState(() => headerRows(headers));

  function set(next: readonly HeaderRow[]): void {
    setRows(next);
    const { headers, typed } = headersOf(next);
    onChange(headers, typed);
  }
  const edit = (row: HeaderRow, change: Partial<HeaderRow>) =>
    set(rows.map((other) => (other === row ? { ...row, ...change } : other)));
  const add = () =>
    set([
      ...rows,
      {
        id: Math.max(0, ...rows.map(({ id }) => id + 1)),
        name: "",
        holds: "text",
        text: "",
        prefix: "",
        secretName: "",
        typed: "",
      },
    ]);

  const isMissing = (row: HeaderRow) => row.holds === "secret" && missing !== null && secretNameOf(row) === missing;

  return (
    <fieldset className={c("pairs")}>
      <legend className={c("legend")}>{t("mapping.headers")}</legend>
      {rows.every(({ holds }) => holds === "text") ? (
        <p className={c("hint")}>{t("mapping.headers-usual")}</p>
      ) : (
        rows.every(({ holds }) => holds !== "key") && <p className={c("hint")}>{t("mapping.headers-no-key")}</p>
      )}
      {rows.map((row) => (
        <div key={row.id} className={c("header")}>
          <div className={c("row")}>
            <CodeInput
              className={c("input")}
              aria-label={t("mapping.header-name")}
              placeholder="x-api-key"
              maxLength={60}
              value={row.name}
              onChange={({ target }) => edit(row, { name: target.value })}
            />
            <Select
              className={c("input")}
              aria-label={t("mapping.header-holds")}
              value={row.holds}
              onChange={({ target }) => {
                const holds = (["text", "key", "secret"] as const).find((known) => known === target.value);
                if (holds !== undefined) edit(row, { holds });
              }}
            >
              <option value="text">{t("mapping.header-text")}</option>
              <option value="key">{t("mapping.header-key")}</option>
              <option value="secret">{t("mapping.header-secret")}</option>
            </Select>
            <IconButton
              small
              icon={X}
              label={t("mapping.header-remove", { name: row.name })}
              onClick={() => set(rows.filter((other) => other !== row))}
            />
          </div>
          <div className={c("row")}>
            {row.holds === "text" ? (
              <CodeInput
                className={c("input")}
                aria-label={t("mapping.header-value")}
                placeholder={t("mapping.header-value")}
                maxLength={500}
                value={row.text}
                onChange={({ target }) => edit(row, { text: target.value })}
              />
            ) : (
              <CodeInput
                className={c("input")}
                aria-label={t("mapping.header-prefix")}
                placeholder={t("mapping.header-prefix")}
                maxLength={40}
                value={row.prefix}
                onChange={({ target }) => edit(row, { prefix: target.value })}
              />
            )}
            {row.holds === "secret" && (
              <CodeInput
                className={c("input")}
                type="password"
                aria-invalid={isMissing(row) ? true : undefined}
                aria-describedby={isMissing(row) ? problemId : undefined}
                aria-label={t("mapping.header-secret-value")}
                placeholder={
                  saved.includes(row.secretName) && !isMissing(row)
                    ? t("mapping.header-saved")
                    : t("mapping.header-secret-value")
                }
                data-1p-ignore
                data-lpignore="true"
                maxLength={16_384}
                value={row.typed}
                onChange={({ target }) => edit(row, { typed: target.value.trim() })}
              />
            )}
          </div>
          {isMissing(row) && (
            <p id={problemId} className={c("problem")} role="alert">
              {t("mapping.header-secret-needed")}
            </p>
          )}
        </div>
      ))}
      <Button small variant="plain" icon={Plus} onClick={add}>
        {t("mapping.header-add")}
      </Button>
    </fieldset>
  );
}
