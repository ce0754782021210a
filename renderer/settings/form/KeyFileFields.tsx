import { useId } from "react";
import type { KindInfo } from "../../../app/contract/contract.ts";
import { isFilePlace } from "../../../app/settings/schema.ts";
import { CodeInput } from "../../ui/CodeInput.tsx";
import { Field } from "../../ui/Field.tsx";
import { useWords } from "../../words.tsx";
import type { GatewayFormModel } from "./use-gateway-form.ts";

interface KeyFileFieldsProps {
  readonly form: GatewayFormModel;
  /** Files in which tools keep keys of the chosen kind. */
  readonly files: NonNullable<KindInfo["known"]>["files"];
  readonly problem: string | null;
}

/** A JSON file and the place of the key in it. A known file brings its place along. */
export function KeyFileFields({ form, files, problem }: KeyFileFieldsProps) {
  const { t } = useWords();
  const paths = useId();
  const { values, set } = form;
  // The host says that the two name no place; which of them is to blame can be told here.
  const badPointer = problem !== null && !isPointer(values.filePointer);

  function setPath(filePath: string): void {
    const known = files.find(({ path }) => path === filePath);
    // What somebody typed stays; what came along with another file does not fit this one.
    const typed = values.filePointer !== "" && !files.some(({ pointer }) => pointer === values.filePointer);
    set({ ...values, filePath, ...(known !== undefined && !typed && { filePointer: known.pointer }) });
  }

  return (
    <>
      <Field label={t("form.file")} hint={t("form.file-hint")} problem={badPointer ? null : problem}>
        {(control) => (
          <CodeInput
            {...control}
            maxLength={1024}
            placeholder={files.at(-1)?.path ?? "~/.config/tool/auth.json"}
            list={files.length === 0 ? undefined : paths}
            value={values.filePath}
            onChange={(event) => setPath(event.target.value)}
          />
        )}
      </Field>
      <datalist id={paths}>
        {files.map(({ path, pointer, tool }) => (
          <option key={`${path}#${pointer}`} value={path} label={tool} />
        ))}
      </datalist>
      <Field
        label={t("form.file-pointer")}
        hint={t("form.file-pointer-hint")}
        problem={badPointer ? t("form.file-pointer-problem") : null}
      >
        {(control) => (
          <CodeInput
            {...control}
            maxLength={512}
            placeholder="/tokens/access_token"
            value={values.filePointer}
            onChange={(event) => set({ ...values, filePointer: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function isPointer(text: string): boolean {
  return isFilePlace({ path: "~/any", pointer: text.trim() });
}
