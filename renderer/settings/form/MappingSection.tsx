import { lazy, Suspense } from "react";
import type { KindInfo } from "../../../app/contract/contract.ts";
import type { SourceConfig } from "../../../app/settings/schema.ts";
import { useWords } from "../../words.tsx";
import type { GatewayFormModel } from "./use-gateway-form.ts";

/** Few need it, and it brings a query language along. */
const MappingEditor = lazy(() => import("./mapping/MappingEditor.tsx"));

interface MappingSectionProps {
  readonly form: GatewayFormModel;
  readonly kind: KindInfo | undefined;
  readonly existing: SourceConfig | null;
}

/** The editor for a kind that is described by a definition; nothing for the others. Below the key, which a sample needs. */
export function MappingSection({ form, kind, existing }: MappingSectionProps) {
  const { t } = useWords();
  const field = kind?.optionFields.find(({ editor }) => editor === "mapping");
  if (field === undefined) return null;
  return (
    <Suspense fallback={<p>{t("mapping.loading")}</p>}>
      <MappingEditor form={form} option={field.name} existing={existing} />
    </Suspense>
  );
}
