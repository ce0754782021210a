import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { SourceDraft } from "../../../../app/contract/contract.ts";
import type { MappingDefinition } from "../../../../app/sources/mapping/definition.ts";
import { classNames } from "../../../theme/class-names.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { Select } from "../../../ui/Select.tsx";
import { useWords } from "../../../words.tsx";
import { type HeaderRow, headerRows, headersOf } from "./header-rows.ts";
import styles from "./pairs.module.css";

const c = classNames(styles);

interface HeaderFieldsProps {
  readonly headers: MappingDefinition["headers"];
  readonly saved: readonly string[];
  readonly onChange: (headers: MappingDefinition["headers"], typed: SourceDraft["secrets"]) => void;
}

/** The headers of the request: texts, the source's key, or secrets of their own, which go to the host and never come back. */
export function HeaderFields({ headers, saved, onChange }: HeaderFieldsProps) {
  const { t } = useWords();
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

  return (
    <fieldset className={c("pairs")}>
      <legend className={c("legend")}>{t("mapping.headers")}</legend>
      {rows.every(({ holds }) => holds === "text") && <p className={c("hint")}>{t("mapping.headers-usual")}</p>}
      {rows.map((row) => (
        <div key={row.id} className={c("header")}>
          <div className={c("row")}>
            <input
              className={c("input", "code")}
              aria-label={t("mapping.header-name")}
              placeholder="x-api-key"
              autoComplete="off"
              spellCheck={false}
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
              <input
                className={c("input", "code")}
                aria-label={t("mapping.header-value")}
                placeholder={t("mapping.header-value")}
                autoComplete="off"
                spellCheck={false}
                maxLength={500}
                value={row.text}
                onChange={({ target }) => edit(row, { text: target.value })}
              />
            ) : (
              <input
                className={c("input", "code")}
                aria-label={t("mapping.header-prefix")}
                placeholder={t("mapping.header-prefix")}
                autoComplete="off"
                spellCheck={false}
                maxLength={40}
                value={row.prefix}
                onChange={({ target }) => edit(row, { prefix: target.value })}
              />
            )}
            {row.holds === "secret" && (
              <input
                className={c("input", "code")}
                type="password"
                aria-label={t("mapping.header-secret-value")}
                placeholder={
                  saved.includes(row.secretName) ? t("mapping.header-saved") : t("mapping.header-secret-value")
                }
                autoComplete="off"
                data-1p-ignore
                data-lpignore="true"
                spellCheck={false}
                maxLength={16_384}
                value={row.typed}
                onChange={({ target }) => edit(row, { typed: target.value.trim() })}
              />
            )}
          </div>
        </div>
      ))}
      <Button small variant="plain" icon={Plus} onClick={add}>
        {t("mapping.header-add")}
      </Button>
    </fieldset>
  );
}
