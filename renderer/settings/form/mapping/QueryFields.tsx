import { Plus, X } from "lucide-react";
import { useState } from "react";
import { classNames } from "../../../theme/class-names.ts";
import { Button, IconButton } from "../../../ui/Button.tsx";
import { CodeInput } from "../../../ui/CodeInput.tsx";
import { useWords } from "../../../words.tsx";
import styles from "./pairs.module.css";

const c = classNames(styles);

interface Pair {
  readonly id: number;
  readonly name: string;
  readonly value: string;
}

interface QueryFieldsProps {
  readonly query: Readonly<Record<string, string>>;
  readonly onChange: (query: Record<string, string>) => void;
}

/** The query of the request, name by name. */
export function QueryFields({ query, onChange }: QueryFieldsProps) {
  const { t } = useWords();
  const [pairs, setPairs] = useState<readonly Pair[]>(() =>
    Object.entries(query).map(([name, value], id) => ({ id, name, value })),
  );

  function set(next: readonly Pair[]): void {
    setPairs(next);
    onChange(Object.fromEntries(next.filter(({ name }) => name !== "").map(({ name, value }) => [name, value])));
  }
  const edit = (pair: Pair, change: Partial<Pair>) =>
    set(pairs.map((other) => (other === pair ? { ...pair, ...change } : other)));

  return (
    <fieldset className={c("pairs")}>
      <legend className={c("legend")}>{t("mapping.query")}</legend>
      {pairs.map((pair) => (
        <div key={pair.id} className={c("row")}>
          <CodeInput
            className={c("input")}
            aria-label={t("mapping.query-name")}
            placeholder="start_date"
            maxLength={60}
            value={pair.name}
            onChange={({ target }) => edit(pair, { name: target.value })}
          />
          <CodeInput
            className={c("input")}
            aria-label={t("mapping.query-value")}
            maxLength={500}
            value={pair.value}
            onChange={({ target }) => edit(pair, { value: target.value })}
          />
          <IconButton
            small
            icon={X}
            label={t("mapping.query-remove", { name: pair.name })}
            onClick={() => set(pairs.filter((other) => other !== pair))}
          />
        </div>
      ))}
      <Button
        small
        variant="plain"
        icon={Plus}
        onClick={() => set([...pairs, { id: Math.max(0, ...pairs.map(({ id }) => id + 1)), name: "", value: "" }])}
      >
        {t("mapping.query-add")}
      </Button>
    </fieldset>
  );
}
