import { type LucideIcon, Pencil, Send, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { useWords } from "../../words.tsx";
import styles from "./alert-places.module.css";

const c = classNames(styles);

interface PlaceProps {
  readonly icon: LucideIcon;
  readonly name: string;
  readonly facts: string;
  readonly control?: ReactNode;
  readonly outcome: string | null;
  readonly waiting: boolean;
  readonly readOnly?: boolean;
  readonly onTest?: () => void;
  readonly onEdit?: () => void;
  readonly onRemove?: () => void;
}

/** One place where alerts go: what it is, its switch, and what can be done with it. */
export function Place(props: PlaceProps) {
  const { t } = useWords();
  const { icon: Icon, name, facts, control, outcome, waiting, readOnly = false, onTest, onEdit, onRemove } = props;
  return (
    <li className={c("place")} aria-label={name}>
      <Icon className={c("icon")} size={17} strokeWidth={1.9} aria-hidden="true" />
      <div className={c("words")}>
        <p className={c("name")}>{name}</p>
        <p className={c("facts")}>{facts}</p>
      </div>
      {control}
      <div className={c("actions")}>
        {onTest !== undefined && (
          <Button
            variant="plain"
            small
            icon={Send}
            waiting={waiting}
            aria-label={t("places.test-of", { name })}
            onClick={onTest}
          >
            {t("places.test")}
          </Button>
        )}
        {onEdit !== undefined && (
          <Button
            variant="plain"
            small
            icon={Pencil}
            disabled={readOnly}
            aria-label={t("places.edit-of", { name })}
            onClick={onEdit}
          >
            {t("places.edit")}
          </Button>
        )}
        {onRemove !== undefined && (
          <Button
            variant="plain"
            small
            icon={Trash2}
            disabled={readOnly}
            aria-label={t("places.remove-of", { name })}
            onClick={onRemove}
          >
            {t("places.remove")}
          </Button>
        )}
        <output className={c("outcome")}>{outcome}</output>
      </div>
    </li>
  );
}
