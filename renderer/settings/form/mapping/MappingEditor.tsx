import { Braces, Download, FileJson2 } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import type { SourceConfig } from "../../../../app/settings/schema.ts";
import { classNames } from "../../../theme/class-names.ts";
import { Button } from "../../../ui/Button.tsx";
import { useWords } from "../../../words.tsx";
import { toDraft } from "../draft.ts";
import { definitionProblem, missingSecret } from "../field-problem.ts";
import type { GatewayFormModel } from "../use-gateway-form.ts";
import { DefinitionText } from "./DefinitionText.tsx";
import { ImportDefinition } from "./ImportDefinition.tsx";
import { MeterCards } from "./MeterCards.tsx";
import styles from "./mapping.module.css";
import { RequestFields } from "./RequestFields.tsx";
import { Sample } from "./Sample.tsx";
import { useMapping } from "./use-mapping.ts";
import { useSample } from "./use-sample.ts";

const c = classNames(styles);

type Tool = "import" | "text";

interface MappingEditorProps {
  readonly form: GatewayFormModel;
  /** The option that holds the definition. */
  readonly option: string;
  readonly existing: SourceConfig | null;
}

/** How an endpoint is asked and what of its answer is shown: by pointing at a sample, or as JSON. */
export default function MappingEditor({ form, option, existing }: MappingEditorProps) {
  const { t } = useWords();
  const mapping = useMapping(form, option);
  const sample = useSample(form.fail);
  const [tool, setTool] = useState<Tool | null>(mapping.unreadable === null ? null : "text");
  /** How often a whole definition came: fields that keep what is typed begin anew with it. */
  const [taken, setTaken] = useState(0);
  const tools = useRef<HTMLDivElement>(null);
  const { definition } = mapping;
  const body = sample.result?.outcome.type === "answer" ? sample.result.outcome.body : undefined;
  const problem = definitionProblem(form.error, t);
  const fetchSample = () => void sample.fetch(toDraft(form.values, existing?.id ?? null));

  /** Enter would test the whole form, which has no meter yet; what is meant in here is the sample. */
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (form.complete && !sample.busy) fetchSample();
  }

  const toggle = (which: Tool) => setTool(tool === which ? null : which);

  /** Back to the button that opened it. */
  function closeTool(): void {
    setTool(null);
    const button = tools.current?.querySelector("[aria-expanded=true]");
    if (button instanceof HTMLElement) button.focus();
  }

  return (
    <fieldset className={c("mapping")} onKeyDown={onKeyDown}>
      <legend className={c("legend")}>{t("mapping.title")}</legend>
      <RequestFields
        key={`request ${taken}`}
        definition={definition}
        saved={existing === null ? [] : Object.keys(existing.secrets)}
        missing={missingSecret(form.error)}
        change={mapping.change}
      />
      <div ref={tools} className={c("tools")}>
        <Button icon={Download} disabled={!form.complete} waiting={sample.busy} onClick={fetchSample}>
          {sample.busy ? t("mapping.fetching") : t("mapping.fetch")}
        </Button>
        <Button variant="plain" icon={FileJson2} aria-expanded={tool === "import"} onClick={() => toggle("import")}>
          {t("mapping.import")}
        </Button>
        <Button variant="plain" icon={Braces} aria-expanded={tool === "text"} onClick={() => toggle("text")}>
          {t("mapping.as-json")}
        </Button>
      </div>
      {!form.complete && <p className={c("hint")}>{t("mapping.fetch-needs")}</p>}
      {tool === "import" && (
        <ImportDefinition
          address={form.values.baseUrl}
          onImport={({ definition, proposal }) => {
            mapping.take(definition, proposal);
            setTaken(taken + 1);
          }}
          onClose={closeTool}
        />
      )}
      {tool === "text" && (
        <DefinitionText
          key={mapping.unreadable === null ? "own" : "unreadable"}
          definition={definition}
          unreadable={
            mapping.unreadable === null ? null : { problem: mapping.unreadable, value: form.values.options[option] }
          }
          onChange={(changed) => {
            mapping.change(changed, {});
            setTaken(taken + 1);
          }}
          onClose={closeTool}
        />
      )}
      <Sample sample={sample} mapping={mapping} />
      <MeterCards key={`meters ${taken}`} mapping={mapping} body={body} at={sample.at} />
      {problem !== null && (
        <p className={c("problem")} role="alert" tabIndex={-1} data-problem>
          {problem}
        </p>
      )}
    </fieldset>
  );
}
