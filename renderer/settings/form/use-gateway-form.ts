import { useState } from "react";
import type { KindInfo, SentDraft, TestResult } from "../../../app/contract/contract.ts";
import type { SourceConfig } from "../../../app/settings/schema.ts";
import type { UiError } from "../../bridge/ui-bridge.ts";
import { useAppStore } from "../../store/context.tsx";
import {
  connectionPrint,
  type FormValues,
  isComplete,
  openingValues,
  originOf,
  ownSettings,
  toDraft,
} from "./draft.ts";

export interface Tested {
  readonly print: string;
  readonly result: TestResult;
}

/** How the form for one gateway behaves: what it holds, what was tested, whether it may be saved. */
export interface GatewayFormModel {
  readonly values: FormValues;
  readonly set: (values: FormValues) => void;
  readonly busy: "testing" | "saving" | null;
  readonly error: UiError | null;
  /** `at` is the address that was asked, where it is not that of the form. */
  readonly fail: (error: UiError | null, at?: string) => void;
  readonly tested: Tested | null;
  /** The outcome on show belongs to the values as they are. */
  readonly current: boolean;
  readonly complete: boolean;
  /** Saved without further ado: the present values passed their test, or need none because nothing of them changed. */
  readonly mayBeSaved: boolean;
  readonly dirty: boolean;
  readonly needsConsent: boolean;
  /** Both take the values as they are, or others that follow from them. */
  readonly test: (values?: FormValues) => Promise<void>;
  readonly save: (values?: FormValues) => Promise<void>;
  /** Whether the last test was for these values. */
  readonly isTested: (values: FormValues) => boolean;
}

export function useGatewayForm(
  config: SourceConfig | null,
  given: SentDraft | null,
  kinds: readonly KindInfo[],
  onSaved: () => void,
): GatewayFormModel {
  const { bridge, showToast } = useAppStore();
  const [opening] = useState(() => openingValues(config, kinds, given));
  const [values, setValues] = useState(opening);
  const [busy, setBusy] = useState<"testing" | "saving" | null>(null);
  const [error, setError] = useState<UiError | null>(null);
  const [tested, setTested] = useState<Tested | null>(null);
  /** The origin that needs a yes to plain http; another one is asked for anew. */
  const [consentFor, setConsentFor] = useState(opening.allowPlainHttp ? originOf(opening.baseUrl) : null);

  const id = config?.id ?? null;
  const printOf = (of: FormValues): string => connectionPrint(toDraft(of, id));
  const isTested = (of: FormValues): boolean => tested !== null && tested.print === printOf(of);
  const current = isTested(values);
  const passed = current && tested?.result.outcome.type === "reading";
  const untouched = config !== null && printOf(values) === printOf(opening);

  function fail(reason: UiError | null, at = values.baseUrl): void {
    setError(reason);
    if (reason?.code === "plain-http-needs-consent") setConsentFor(originOf(at));
    // The saved key may not follow to the new address: the field for another one opens by itself.
    if (reason?.code === "key-required" && reason.detail === null)
      setValues((now) => (now.keyFrom === "keep" ? { ...now, keyFrom: "secret" } : now));
  }

  async function test(of = values): Promise<void> {
    setBusy("testing");
    setError(null);
    const result = await bridge.call("sources.test", toDraft(of, id));
    setBusy(null);
    if (result.ok) setTested({ print: printOf(of), result: result.value });
    else fail(result.error, of.baseUrl);
  }

  async function save(of = values): Promise<void> {
    setBusy("saving");
    setError(null);
    const saved = await bridge.call("sources.save", toDraft(of, id));
    if (!saved.ok) {
      setBusy(null);
      fail(saved.error, of.baseUrl);
      return;
    }
    const own = ownSettings(of, config);
    if (own !== null) {
      const adjusted = await bridge.call("sources.adjust", { id: saved.value.id, ...own });
      if (!adjusted.ok) showToast({ type: "error", error: adjusted.error });
    }
    setBusy(null);
    onSaved();
  }

  return {
    values,
    set(next) {
      setValues(next);
      setError(null);
    },
    busy,
    error,
    fail,
    tested,
    current,
    complete: isComplete(
      values,
      kinds.find(({ id: kind }) => kind === values.kind),
    ),
    mayBeSaved: passed || untouched,
    dirty: JSON.stringify(values) !== JSON.stringify(opening),
    needsConsent: consentFor !== null && consentFor === originOf(values.baseUrl),
    test,
    save,
    isTested,
  };
}
