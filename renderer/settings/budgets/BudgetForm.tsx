import { Plus, X } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import type { Budget, BudgetScope, BudgetUnit } from "../../../app/budgets/budget.ts";
import { useApp, useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Field } from "../../ui/Field.tsx";
import { Select } from "../../ui/Select.tsx";
import { useWords } from "../../words.tsx";
import { ThresholdsEditor } from "../ThresholdsEditor.tsx";
import { type BudgetProblem, type BudgetValues, openingValues, parseNumber, toBudgetDraft } from "./budget-values.ts";
import styles from "./budgets.module.css";
import { usedCurrencies } from "./used-currencies.ts";

const c = classNames(styles);

const UNITS: readonly BudgetUnit["kind"][] = ["money", "tokens", "requests", "credits"];
const PERIODS: readonly Budget["period"][] = ["day", "week", "month"];

interface BudgetFormProps {
  /** Null for a new one. */
  readonly budget: Budget | null;
  readonly onClose: () => void;
}

/** How much, of what, each how long, over which gateways. */
export function BudgetForm({ budget, onClose }: BudgetFormProps) {
  const { t, f } = useWords();
  const { run } = useAppStore();
  const formId = useId();
  const configs = useApp((app) => app.configs);
  const sources = useApp((app) => app.sources);
  const usual = useApp((app) => app.preferences.thresholds);
  const [values, setValues] = useState<BudgetValues>(() => openingValues(budget, usedCurrencies(sources)[0] ?? "USD"));
  const [problem, setProblem] = useState<BudgetProblem | null>(null);
  const [saving, setSaving] = useState(false);
  const groups = [...new Set(configs.flatMap(({ group }) => group ?? []))].sort();
  const set = (change: Partial<BudgetValues>): void => {
    setValues({ ...values, ...change });
    setProblem(null);
  };
  const currencies = [...new Set([...usedCurrencies(sources), values.currency, "USD", "EUR", "CNY", "GBP", "JPY"])];

  function givenName(): string {
    const limit = parseNumber(values.limit) ?? 20;
    const amount =
      values.unit === "money" && /^[A-Za-z]{3}$/.test(values.currency)
        ? roundMoney(limit, values.currency.toUpperCase(), f.language)
        : `${f.number(limit)} ${t(`budgets.unit.${values.unit}`).toLowerCase()}`;
    return t("budgets.name-of", { amount, period: t(`budgets.name-period.${values.period}`) });
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    const result = toBudgetDraft(values, givenName());
    if (!result.ok) {
      setProblem(result.problem);
      return;
    }
    setSaving(true);
    const saved = await run("budgets.save", result.draft);
    setSaving(false);
    if (saved.ok) onClose();
  }

  const wrong = (field: BudgetProblem): string | null => (problem === field ? t(`budgets.${field}-problem`) : null);

  return (
    <Dialog
      title={t(budget === null ? "budgets.form-new" : "budgets.form-edit")}
      onCancel={onClose}
      footer={
        <>
          <Button variant="plain" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button variant="primary" type="submit" form={formId} waiting={saving}>
            {t("budgets.save")}
          </Button>
        </>
      }
    >
      <form id={formId} className={c("form")} onSubmit={(event) => void save(event)} noValidate>
        <div className={c("amount")}>
          <Field label={t("budgets.limit")} problem={wrong("limit")}>
            {(control) => (
              <input
                {...control}
                data-first=""
                inputMode="decimal"
                autoComplete="off"
                placeholder="20"
                value={values.limit}
                onChange={({ target }) => set({ limit: target.value })}
              />
            )}
          </Field>
          <Field label={t("budgets.unit")}>
            {(control) => (
              <Select
                {...control}
                value={values.unit}
                onChange={({ target }) => set({ unit: UNITS.find((unit) => unit === target.value) ?? "money" })}
              >
                {UNITS.map((unit) => (
                  <option key={unit} value={unit}>
                    {t(`budgets.unit.${unit}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {values.unit === "money" && (
            <Field label={t("budgets.currency")} problem={wrong("currency")}>
              {(control) => (
                <Select {...control} value={values.currency} onChange={({ target }) => set({ currency: target.value })}>
                  {currencies.map((currency) => (
                    <option key={currency}>{currency}</option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <Field label={t("budgets.period")}>
            {(control) => (
              <Select
                {...control}
                value={values.period}
                onChange={({ target }) => set({ period: PERIODS.find((period) => period === target.value) ?? "month" })}
              >
                {PERIODS.map((period) => (
                  <option key={period} value={period}>
                    {t(`budgets.period.${period}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Field
          label={t("budgets.over")}
          {...(groups.length === 0 && { hint: t("budgets.over-hint") })}
          problem={wrong("source") ?? wrong("group")}
        >
          {(control) => (
            <Select
              {...control}
              value={scopeValue(values.scope)}
              onChange={({ target }) => set({ scope: scopeOf(target.value) })}
            >
              <option value="all">{t("budgets.over.all")}</option>
              {groups.length > 0 && (
                <optgroup label={t("budgets.over.groups")}>
                  {groups.map((group) => (
                    <option key={group} value={`group:${group}`}>
                      {group}
                    </option>
                  ))}
                </optgroup>
              )}
              <optgroup label={t("budgets.over.sources")}>
                {configs.map(({ id, label }) => (
                  <option key={id} value={`source:${id}`}>
                    {label}
                  </option>
                ))}
              </optgroup>
            </Select>
          )}
        </Field>
        <Field label={t("budgets.name")} hint={t("budgets.name-hint")}>
          {(control) => (
            <input
              {...control}
              autoComplete="off"
              maxLength={80}
              placeholder={givenName()}
              value={values.label}
              onChange={({ target }) => set({ label: target.value })}
            />
          )}
        </Field>
        {values.unit === "money" && (
          <Rates values={values} problem={wrong("rate")} onChange={(rates) => set({ rates })} />
        )}
        <label className={c("check")}>
          <input
            type="checkbox"
            checked={values.thresholds !== null}
            onChange={({ target }) => set({ thresholds: target.checked ? usual : null })}
          />
          <span>{t("budgets.own-thresholds")}</span>
        </label>
        {values.thresholds !== null && (
          <ThresholdsEditor value={values.thresholds} onChange={(thresholds) => set({ thresholds })} />
        )}
      </form>
    </Dialog>
  );
}

interface RatesProps {
  readonly values: BudgetValues;
  readonly problem: string | null;
  readonly onChange: (rates: BudgetValues["rates"]) => void;
}

function Rates({ values: { rates, currency }, problem, onChange }: RatesProps) {
  const { t } = useWords();
  const replace = (index: number, change: Partial<BudgetValues["rates"][number]>): void =>
    onChange(rates.map((rate, at) => (at === index ? { ...rate, ...change } : rate)));
  return (
    <fieldset className={c("rates")}>
      <legend className={c("legend")}>{t("budgets.rates")}</legend>
      <p className={c("note")}>{t("budgets.rates-hint")}</p>
      {rates.map((rate, index) => (
        // Rows have no identity of their own: what is typed in them is all that they are.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index} className={c("rate")}>
          <Field label={t("budgets.rate-currency", { number: index + 1 })}>
            {(control) => (
              <input
                {...control}
                autoComplete="off"
                maxLength={3}
                placeholder="EUR"
                value={rate.currency}
                onChange={({ target }) => replace(index, { currency: target.value })}
              />
            )}
          </Field>
          <Field label={t("budgets.rate-of", { currency })}>
            {(control) => (
              <input
                {...control}
                inputMode="decimal"
                autoComplete="off"
                placeholder="1.08"
                value={rate.rate}
                onChange={({ target }) => replace(index, { rate: target.value })}
              />
            )}
          </Field>
          <IconButton
            small
            icon={X}
            label={t("budgets.rate-remove", { currency: rate.currency || index + 1 })}
            onClick={() => onChange(rates.filter((_rate, at) => at !== index))}
          />
        </div>
      ))}
      {problem !== null && (
        <p className={c("problem")} role="alert">
          {problem}
        </p>
      )}
      <Button small icon={Plus} onClick={() => onChange([...rates, { currency: "", rate: "" }])}>
        {t("budgets.rate-add")}
      </Button>
    </fieldset>
  );
}

/** Round sums need no cents. */
function roundMoney(amount: number, currency: string, language: string): string {
  const format = { style: "currency", currency, trailingZeroDisplay: "stripIfInteger" } as const;
  return new Intl.NumberFormat(language, format).format(amount);
}

function scopeValue(scope: BudgetScope): string {
  switch (scope.type) {
    case "all":
      return "all";
    case "group":
      return `group:${scope.group}`;
    case "source":
      return `source:${scope.sourceId}`;
  }
}

function scopeOf(value: string): BudgetScope {
  if (value.startsWith("group:")) return { type: "group", group: value.slice("group:".length) };
  if (value.startsWith("source:")) return { type: "source", sourceId: value.slice("source:".length) };
  return { type: "all" };
}
