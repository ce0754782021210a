import { ChartLine, Download } from "lucide-react";
import { useState } from "react";
import { budgetSourceId } from "../../../app/budgets/budget.ts";
import { type HistoryExport, type HistoryRange, historyRangeSchema } from "../../../app/history/series.ts";
import { useApp, useAppStore } from "../../store/context.tsx";
import { classNames } from "../../theme/class-names.ts";
import { Button } from "../../ui/Button.tsx";
import { Select } from "../../ui/Select.tsx";
import { useWords } from "../../words.tsx";
import { goTo, useRoute } from "../route.ts";
import { ChartSkeleton } from "./ChartSkeleton.tsx";
import styles from "./history.module.css";
import { SeriesCard } from "./SeriesCard.tsx";
import { saveText } from "./save-text.ts";
import { type HistoryScope, scopeOf, scopeValue, sourceIdsOf } from "./scope.ts";
import { useHistory } from "./use-history.ts";

const c = classNames(styles);

/** Charts of what was left, of what and how far back one chooses. */
export function HistoryPage() {
  const { t } = useWords();
  const { run } = useAppStore();
  const route = useRoute();
  const [range, setRange] = useState<HistoryRange>("week");
  const [group, setGroup] = useState<string | null>(null);
  const configs = useApp((app) => app.configs);
  const budgets = useApp((app) => app.budgets);
  const sources = useApp((app) => app.sources);
  const groups = [...new Set(configs.flatMap((config) => config.group ?? []))].sort();
  const of = route.form === null ? route.of : undefined;
  const scope: HistoryScope =
    of !== undefined ? { type: "source", sourceId: of } : group !== null ? { type: "group", group } : { type: "all" };
  const sourceIds = sourceIdsOf(scope, { configs });
  const history = useHistory({ sourceIds, range });

  function choose(next: HistoryScope): void {
    setGroup(next.type === "group" ? next.group : null);
    goTo({ section: "history", form: null, ...(next.type === "source" && { of: next.sourceId }) });
  }

  async function save(format: HistoryExport["format"]): Promise<void> {
    const result = await run("history.export", { sourceIds, range, format });
    // The desktop asks where to save it by itself.
    if (result.ok && result.value.file !== null) saveText(result.value.file);
  }

  const isKept = history === null || history.status.kind === "on";
  return (
    <div className={c("page")}>
      <div className={c("tools")}>
        <Select
          className={c("scope")}
          aria-label={t("history.of")}
          value={scopeValue(scope)}
          onChange={({ target }) => choose(scopeOf(target.value))}
        >
          <option value="all">{t("history.all")}</option>
          {groups.length > 0 && (
            <optgroup label={t("budgets.over.groups")}>
              {groups.map((name) => (
                <option key={name} value={scopeValue({ type: "group", group: name })}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
          {budgets.length > 0 && (
            <optgroup label={t("settings.budgets")}>
              {budgets.map(({ id, label }) => (
                <option key={id} value={scopeValue({ type: "source", sourceId: budgetSourceId(id) })}>
                  {label}
                </option>
              ))}
            </optgroup>
          )}
          <optgroup label={t("budgets.over.sources")}>
            {configs.map(({ id, label }) => (
              <option key={id} value={scopeValue({ type: "source", sourceId: id })}>
                {label}
              </option>
            ))}
          </optgroup>
        </Select>
        <fieldset className={c("ranges")}>
          <legend className="visually-hidden">{t("history.range")}</legend>
          {historyRangeSchema.options.map((option) => (
            <label key={option} className={c("range")}>
              <input
                className={c("rangeBox")}
                type="radio"
                name="range"
                checked={option === range}
                onChange={() => setRange(option)}
              />
              <span>{t(`history.range.${option}`)}</span>
            </label>
          ))}
        </fieldset>
        <span className={c("exports")}>
          <Button small icon={Download} disabled={!isKept} onClick={() => void save("csv")}>
            CSV
          </Button>
          <Button small icon={Download} disabled={!isKept} onClick={() => void save("json")}>
            JSON
          </Button>
        </span>
      </div>
      {history === null && <ChartSkeleton />}
      {history?.status.kind === "off" && (
        <Nothing title={t("history.off")} next={t(`history.off.${history.status.reason}`)} />
      )}
      {history?.status.kind === "on" && history.view.series.length === 0 && (
        <Nothing title={t("history.empty")} next={t("history.empty-next")} />
      )}
      {history !== null && history.view.series.length > 0 && (
        <ul className={c("list")} aria-label={t("settings.history")}>
          {history.view.series.map((series) => (
            <SeriesCard
              key={`${series.sourceId}|${series.meterId}|${series.unit.kind}`}
              series={series}
              range={range}
              from={history.view.from}
              to={history.view.to}
              line={sources.find(({ id }) => id === series.sourceId)?.linePercent ?? null}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function Nothing({ title, next }: { readonly title: string; readonly next: string }) {
  return (
    <div className={c("empty")}>
      <ChartLine size={30} strokeWidth={1.6} aria-hidden="true" />
      <h2>{title}</h2>
      <p>{next}</p>
    </div>
  );
}
