import { useState } from "react";
import type { SampleResult, SentDraft } from "../../../../app/contract/contract.ts";
import type { UiError } from "../../../bridge/ui-bridge.ts";
import { useAppStore } from "../../../store/context.tsx";

/** The sample of an answer: asked for when the user says so. */
export interface SampleModel {
  readonly busy: boolean;
  readonly result: SampleResult | null;
  /** Epoch milliseconds at which it came. */
  readonly at: number;
  readonly fetch: (draft: SentDraft) => Promise<void>;
}

/** `fail` hears why the draft was not accepted, and of null when it was. */
export function useSample(fail: (error: UiError | null) => void): SampleModel {
  const { bridge } = useAppStore();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<SampleResult | null>(null);
  const [at, setAt] = useState(0);
  return {
    busy,
    result,
    at,
    async fetch(draft) {
      setBusy(true);
      const answer = await bridge.call("sources.sample", draft);
      setBusy(false);
      setAt(Date.now());
      fail(answer.ok ? null : answer.error);
      setResult(answer.ok ? answer.value : null);
    },
  };
}
