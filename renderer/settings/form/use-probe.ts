import { useRef, useState } from "react";
import type { ProbeReply, TestResult } from "../../../app/contract/contract.ts";
import type { Pasted } from "../../../app/sources/probe/pasted.ts";
import type { ProbeCandidate } from "../../../app/sources/probe/result.ts";
import { useAppStore } from "../../store/context.tsx";
import { type FormValues, hasKey, keyOf, originOf, withAddress } from "./draft.ts";
import type { GatewayFormModel } from "./use-gateway-form.ts";

/** How finding out what answers at an address behaves, over the form's own address and key. */
export interface ProbeModel {
  readonly busy: boolean;
  /** The address as it stands in the form. */
  readonly typed: string;
  /** What was found for the address and the key as they are; null before, and after either changed. */
  readonly reply: ProbeReply | null;
  readonly chosen: ProbeCandidate | null;
  readonly choose: (candidate: ProbeCandidate) => void;
  /** Finds out what answers at the address of the form, or at another that the user agreed to. */
  readonly find: (address?: string) => Promise<void>;
  readonly complete: boolean;
  /** What the chosen kind tells: as the probe read it, or as a test of it did. Null while neither was done. */
  readonly outcome: TestResult["outcome"] | null;
  /** The chosen kind told its quota, so it may be saved without further ado. */
  readonly mayBeSaved: boolean;
  /** What would be saved; the form's own values while nothing is chosen. */
  readonly values: FormValues;
}

export function useProbe(form: GatewayFormModel): ProbeModel {
  const { bridge } = useAppStore();
  const [probing, setProbing] = useState<string | null>(null);
  const [found, setFound] = useState<{ print: string; reply: ProbeReply } | null>(null);
  const [picked, setPicked] = useState<ProbeCandidate | null>(null);
  const latest = useRef(form.values);
  latest.current = form.values;

  const { values } = form;
  const reply = found !== null && found.print === printOf(values) ? found.reply : null;
  const chosen = reply === null ? null : picked;
  const wanted = chosen === null ? values : withCandidate(values, chosen);
  const outcome = chosen === null ? null : outcomeOf(chosen, form, wanted);

  async function find(address = values.baseUrl): Promise<void> {
    const asked = withAddress(values, address);
    if (address !== values.baseUrl) form.set(asked);
    const print = printOf(asked);
    setProbing(print);
    setFound(null);
    setPicked(null);
    form.fail(null);
    const { allowPlainHttp } = asked;
    const result = await bridge.call("sources.probe", { address: address.trim(), key: keyOf(asked), allowPlainHttp });
    setProbing(null);
    // Whoever changed address or key meanwhile waits for no answer to what they were.
    if (printOf(latest.current) !== print) return;
    if (!result.ok) {
      form.fail(result.error, address);
      return;
    }
    setFound({ print, reply: result.value });
    const best = bestOf(result.value);
    setPicked(best);
    // What the probe may not ask or had no time for, the usual test does.
    if (best !== null && isUnread(best)) await form.test(withCandidate(asked, best));
  }

  return {
    busy: probing !== null,
    typed: values.baseUrl.trim().replace(/\/+$/, ""),
    reply,
    chosen,
    choose(candidate) {
      setPicked(candidate);
      if (isUnread(candidate)) void form.test(withCandidate(values, candidate));
    },
    find,
    complete: hasKey(values),
    outcome,
    mayBeSaved: outcome?.type === "reading",
    values: wanted,
  };
}

/** The kind is known, and it cannot be read without options that only the user knows. */
export function needsMore({ outcome }: Pick<ProbeModel, "outcome">): boolean {
  return outcome?.type === "failure" && outcome.failure.cause === "invalid-options";
}

/** A key alone does not always tell where it belongs. */
export function isAddressNeeded({ reply }: Pick<ProbeModel, "reply">): boolean {
  return reply?.type === "result" && reply.result.reason.code === "address-needed";
}

/** All that a probe depends on. */
function printOf(values: FormValues): string {
  return JSON.stringify([values.baseUrl.trim(), values.allowPlainHttp, keyOf(values)]);
}

function withCandidate(values: FormValues, { kind, baseUrl, options }: ProbeCandidate): FormValues {
  return { ...withAddress(values, baseUrl), kind, options, secrets: {} };
}

/** The one to go on with; none where the user has to choose or to agree first. */
function bestOf(reply: ProbeReply): ProbeCandidate | null {
  if (reply.type !== "result") return null;
  const { outcome, candidates } = reply.result;
  const [best] = candidates;
  if (best === undefined) return null;
  return outcome === "found" || (outcome === "ambiguous" && candidates.length === 1) ? best : null;
}

function isUnread({ reading, failure, keyRefused, otherAddress }: ProbeCandidate): boolean {
  return reading === null && failure === null && !keyRefused && !otherAddress;
}

function outcomeOf(
  { reading, failure }: ProbeCandidate,
  form: GatewayFormModel,
  wanted: FormValues,
): TestResult["outcome"] | null {
  if (reading !== null) return { type: "reading", reading };
  if (failure !== null) return { type: "failure", failure };
  return form.tested !== null && form.isTested(wanted) ? form.tested.result.outcome : null;
}

/** The form with what a pasted text holds: its address, and its key where the key's own field is. */
export function withPasted(values: FormValues, pasted: Extract<Pasted, { ok: true }>): FormValues {
  const moved = withAddress(values, pasted.baseUrl ?? values.baseUrl);
  switch (pasted.key?.type) {
    case undefined: {
      const before = originOf(values.baseUrl);
      const moves = pasted.from !== "address" && before !== null && before !== originOf(moved.baseUrl);
      // A key of an earlier text does not stay with the address of this one.
      return moves ? { ...moved, secret: "", envName: "" } : moved;
    }
    case "secret":
      return { ...moved, keyFrom: "secret", secret: pasted.key.secret };
    case "env":
      return { ...moved, keyFrom: "env", envName: pasted.key.name };
  }
}
