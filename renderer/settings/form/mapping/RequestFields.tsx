import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { SourceDraft } from "../../../../app/contract/contract.ts";
import type { MappingDefinition } from "../../../../app/sources/mapping/definition.ts";
import { classNames } from "../../../theme/class-names.ts";
import { CodeArea, CodeInput } from "../../../ui/CodeInput.tsx";
import { Field } from "../../../ui/Field.tsx";
import { Select } from "../../../ui/Select.tsx";
import { useWords } from "../../../words.tsx";
import { HeaderFields } from "./HeaderFields.tsx";
import styles from "./mapping.module.css";
import { QueryFields } from "./QueryFields.tsx";
import { SuccessFields } from "./SuccessFields.tsx";

const c = classNames(styles);

interface RequestFieldsProps {
  readonly definition: MappingDefinition;
  /** Names of the further secrets that are saved. */
  readonly saved: readonly string[];
  /** The one that has to be entered anew; null where none has. */
  readonly missing: string | null;
  readonly change: (definition: MappingDefinition, typed?: SourceDraft["secrets"]) => void;
}

/** What is asked: the path below the address, and what goes along with it. */
export function RequestFields({ definition, saved, missing, change }: RequestFieldsProps) {
  const { t } = useWords();
  const { method, path, query, headers, body } = definition;
  const more = method === "POST" || Object.keys(query).length > 0 || Object.keys(headers).length > 0;
  return (
    <>
      <div className={c("request")}>
        <Field label={t("mapping.method")}>
          {(control) => (
            <Select
              {...control}
              value={method}
              onChange={({ target }) => change({ ...definition, method: target.value === "POST" ? "POST" : "GET" })}
            >
              <option value="GET">{"GET"}</option>
              <option value="POST">{"POST"}</option>
            </Select>
          )}
        </Field>
        <Field label={t("mapping.path")}>
          {(control) => (
            <CodeInput
              {...control}
              maxLength={200}
              placeholder="/api/usage"
              value={path}
              onChange={({ target }) => change({ ...definition, path: target.value })}
            />
          )}
        </Field>
      </div>
      <details className={c("details")} open={more}>
        <summary className={c("summary")}>
          <ChevronRight className={c("chevron")} size={14} strokeWidth={2.3} aria-hidden="true" />
          {t("mapping.request-more")}
        </summary>
        <div className={c("detailsBody")}>
          <QueryFields query={query} onChange={(next) => change({ ...definition, query: next })} />
          <HeaderFields
            headers={headers}
            saved={saved}
            missing={missing}
            onChange={(next, typed) => change({ ...definition, headers: next }, typed)}
          />
          {method === "POST" && (
            <BodyField
              body={body}
              onChange={(next) => {
                const { body: _before, ...rest } = definition;
                change(next === undefined ? rest : { ...rest, body: next });
              }}
            />
          )}
        </div>
      </details>
      <SuccessFields
        success={definition.success}
        onChange={(next) => {
          const { success: _before, ...rest } = definition;
          change(next === undefined ? rest : { ...rest, success: next });
        }}
      />
    </>
  );
}

interface BodyFieldProps {
  readonly body: unknown;
  readonly onChange: (body: unknown) => void;
}

function BodyField({ body, onChange }: BodyFieldProps) {
  const { t } = useWords();
  const [text, setText] = useState(body === undefined ? "" : JSON.stringify(body, null, 2));
  const problem = text.trim() === "" || isJson(text) ? null : t("mapping.not-json");
  return (
    <Field label={t("mapping.body")} problem={problem}>
      {(control) => (
        <CodeArea
          {...control}
          rows={3}
          maxLength={16_384}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            if (target.value.trim() === "") onChange(undefined);
            else if (isJson(target.value)) onChange(JSON.parse(target.value));
          }}
        />
      )}
    </Field>
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
