import { Pencil, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import type { FigureSource } from "../../../../app/sources/mapping/definition.ts";
import { figureNames } from "../../../../app/sources/mapping/figure-schema.ts";
import { classNames } from "../../../theme/class-names.ts";
import { IconButton } from "../../../ui/Button.tsx";
import { useWords } from "../../../words.tsx";
import { withoutMeter } from "./assign.ts";
import { MeterFields } from "./MeterFields.tsx";
import styles from "./meter-cards.module.css";
import { PreviewRows } from "./PreviewRows.tsx";
import { previewOf } from "./preview.ts";
import type { MappingModel } from "./use-mapping.ts";

const c = classNames(styles);

interface MeterCardsProps {
  readonly mapping: MappingModel;
  /** The sample's body; undefined while there is none. */
  readonly body: unknown;
  readonly at: number;
}

/** The meters described so far, each as it will look, to edit or remove. */
export function MeterCards({ mapping, body, at }: MeterCardsProps) {
  const { t } = useWords();
  const [edited, setEdited] = useState<string | null>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const { definition, change } = mapping;
  if (definition.meters.length === 0) return null;
  return (
    <section className={c("meters")} aria-labelledby="mapping-meters">
      <h3 ref={title} id="mapping-meters" className={c("title")} tabIndex={-1}>
        {t("mapping.meters")}
      </h3>
      <ul className={c("cards")}>
        {definition.meters.map((meter) => (
          <li key={meter.id} className={c("card")}>
            <div className={c("face")}>
              {body === undefined ? (
                <div className={c("rows")}>
                  <p className={c("name")}>{meter.label}</p>
                  <p className={c("hint", "code")}>
                    {figureNames.flatMap((name) => sourceText(meter[name])).join("  ·  ")}
                  </p>
                </div>
              ) : (
                <PreviewRows preview={previewOf(definition, meter, body, at)} most={3} />
              )}
              <div className={c("buttons")}>
                <IconButton
                  small
                  icon={Pencil}
                  label={t("mapping.edit", { label: meter.label })}
                  aria-expanded={edited === meter.id}
                  onClick={() => setEdited(edited === meter.id ? null : meter.id)}
                />
                <IconButton
                  small
                  icon={Trash2}
                  label={t("mapping.remove", { label: meter.label })}
                  onClick={() => {
                    change(withoutMeter(definition, meter.id));
                    title.current?.focus();
                  }}
                />
              </div>
            </div>
            {edited === meter.id && (
              <MeterFields
                meter={meter}
                onChange={(next) =>
                  change({
                    ...definition,
                    meters: definition.meters.map((other) => (other.id === meter.id ? next : other)),
                  })
                }
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function sourceText(source: FigureSource | undefined): readonly string[] {
  if (source === undefined) return [];
  return ["path" in source ? source.path : String(source.value)];
}
