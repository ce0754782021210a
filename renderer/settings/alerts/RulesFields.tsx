import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { AlertRules } from "../../../app/settings/alert-settings.ts";
import { useApp } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Select } from "../../ui/Select.tsx";
import { useWords } from "../../words.tsx";
import { parseNumber } from "../budgets/budget-values.ts";
import { usedCurrencies } from "../budgets/used-currencies.ts";
import styles from "./alerts-section.module.css";

const c = classNames(styles);

const RUNWAY_DAYS = [1, 2, 3, 5, 7, 14, 30] as const;
const FAILING_MINUTES = [30, 60, 120, 360, 1440] as const;
const MOST_AMOUNTS = 8;

interface RulesFieldsProps {
  readonly rules: AlertRules;
  readonly disabled: boolean;
  readonly onChange: (change: Partial<AlertRules>) => void;
}

/** What is warned of beside the percentages, a line each. */
export function RulesFields({ rules, disabled, onChange }: RulesFieldsProps) {
  const { t } = useWords();
  return (
    <div className={c("rules")}>
      <Amounts amounts={rules.amountsLeft} disabled={disabled} onChange={(amountsLeft) => onChange({ amountsLeft })} />
      <Chosen
        label={t("alerts.runway")}
        value={rules.runwayDays}
        usual={2}
        choices={RUNWAY_DAYS}
        words={(days) => t("alerts.runway-days", { count: days })}
        disabled={disabled}
        onChange={(runwayDays) => onChange({ runwayDays })}
      />
      <Check
        label={t("alerts.before-reset")}
        checked={rules.beforeReset}
        disabled={disabled}
        onChange={(beforeReset) => onChange({ beforeReset })}
      />
      <Chosen
        label={t("alerts.failing")}
        value={rules.failingMinutes}
        usual={120}
        choices={FAILING_MINUTES}
        words={(minutes) =>
          minutes % 60 === 0
            ? t("alerts.failing-hours", { count: minutes / 60 })
            : t("alerts.failing-minutes", { count: minutes })
        }
        disabled={disabled}
        onChange={(failingMinutes) => onChange({ failingMinutes })}
      />
      <Check
        label={t("alerts.back")}
        checked={rules.quotaBack}
        disabled={disabled}
        onChange={(quotaBack) => onChange({ quotaBack })}
      />
    </div>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onChange: (on: boolean) => void;
}

function Check({ label, checked, disabled, onChange }: CheckProps) {
  return (
    <label className={c("check")}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={({ target }) => onChange(target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

interface ChosenProps {
  readonly label: string;
  /** Null: off. */
  readonly value: number | null;
  /** What it begins with when it is switched on. */
  readonly usual: number;
  readonly choices: readonly number[];
  readonly words: (choice: number) => string;
  readonly disabled: boolean;
  readonly onChange: (value: number | null) => void;
}

/** A rule with a number: on or off, and which. */
function Chosen({ label, value, usual, choices, words, disabled, onChange }: ChosenProps) {
  return (
    <div className={c("rule")}>
      <Check
        label={label}
        checked={value !== null}
        disabled={disabled}
        onChange={(on) => onChange(on ? usual : null)}
      />
      {value !== null && (
        <Select
          aria-label={label}
          className={c("choice")}
          value={value}
          disabled={disabled}
          onChange={({ target }) => onChange(Number(target.value))}
        >
          {[...new Set([...choices, value])]
            .sort((a, b) => a - b)
            .map((choice) => (
              <option key={choice} value={choice}>
                {words(choice)}
              </option>
            ))}
        </Select>
      )}
    </div>
  );
}

interface AmountsProps {
  readonly amounts: AlertRules["amountsLeft"];
  readonly disabled: boolean;
  readonly onChange: (amounts: AlertRules["amountsLeft"]) => void;
}

/** "Less than 5 USD left", for any number of currencies and amounts. */
function Amounts({ amounts, disabled, onChange }: AmountsProps) {
  const { t, f } = useWords();
  const sources = useApp((app) => app.sources);
  const currencies = [...new Set([...usedCurrencies(sources), "USD", "EUR", "CNY", "GBP", "JPY"])];
  const [typed, setTyped] = useState("");
  const [currency, setCurrency] = useState(currencies[0] ?? "USD");
  const below = parseNumber(typed);

  function add(): void {
    if (below === null) return;
    const others = amounts.filter((amount) => amount.currency !== currency || amount.below !== below);
    onChange([...others, { currency, below }].sort((a, b) => b.below - a.below));
    setTyped("");
  }

  return (
    <div className={c("amounts")}>
      <span className={c("amountsName")}>{t("alerts.amounts")}</span>
      {amounts.length > 0 && (
        <ul className={c("chips")} aria-label={t("alerts.amounts")}>
          {amounts.map((amount) => {
            const words = f.money(amount.below, amount.currency);
            return (
              <li key={words} className={c("chip")}>
                <span>{words}</span>
                <IconButton
                  small
                  icon={X}
                  label={t("alerts.amount-remove", { amount: words })}
                  disabled={disabled}
                  onClick={() => onChange(amounts.filter((other) => other !== amount))}
                />
              </li>
            );
          })}
        </ul>
      )}
      {amounts.length < MOST_AMOUNTS && (
        <div className={c("addAmount")}>
          <input
            className={c("text")}
            aria-label={t("alerts.amount")}
            inputMode="decimal"
            autoComplete="off"
            placeholder="5"
            value={typed}
            disabled={disabled}
            onChange={({ target }) => setTyped(target.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              add();
            }}
          />
          <Select
            aria-label={t("alerts.amount-currency")}
            className={c("choice")}
            value={currency}
            disabled={disabled}
            onChange={({ target }) => setCurrency(target.value)}
          >
            {currencies.map((code) => (
              <option key={code}>{code}</option>
            ))}
          </Select>
          <Button
            icon={Plus}
            aria-label={t("alerts.amount-add-of")}
            disabled={disabled || below === null}
            onClick={add}
          >
            {t("alerts.amount-add")}
          </Button>
        </div>
      )}
    </div>
  );
}
