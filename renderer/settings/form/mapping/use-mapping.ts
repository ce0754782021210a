import { useState } from "react";
import type { SourceDraft } from "../../../../app/contract/contract.ts";
import { firstIssue } from "../../../../app/sources/first-issue.ts";
import { definitionSchema, type MappingDefinition } from "../../../../app/sources/mapping/definition.ts";
import type { Proposal } from "../../../../app/sources/mapping/recognize-definition.ts";
import { secretNames } from "../../../../app/sources/mapping/request.ts";
import { type FormValues, originOf, withAddress } from "../draft.ts";
import type { GatewayFormModel } from "../use-gateway-form.ts";
import { EMPTY } from "./assign.ts";

/** The definition in the form: what it is, and the one way to change it. */
export interface MappingModel {
  readonly definition: MappingDefinition;
  /** Why what was saved cannot be read; null when it can. */
  readonly unreadable: string | null;
  /** With the further secrets that are typed in, by name, where headers changed. Those that no header takes leave the form. */
  readonly change: (definition: MappingDefinition, typed?: SourceDraft["secrets"]) => void;
  /** Takes over an imported definition. The address and the name that it proposes stand for none, never for what is there. */
  readonly take: (definition: MappingDefinition, proposal: Proposal) => void;
}

/** `option` is the name of the option that holds the definition. */
export function useMapping(form: GatewayFormModel, option: string): MappingModel {
  const [opened] = useState(() => readDefinition(form.values.options[option]));
  const [saved] = useState(() =>
    Object.fromEntries(Object.entries(form.values.secrets).filter(([, { type }]) => type === "keep")),
  );
  const [definition, setDefinition] = useState(opened.definition);
  const [unreadable, setUnreadable] = useState(opened.problem);
  function set(values: FormValues, next: MappingDefinition, typed?: SourceDraft["secrets"]): void {
    setDefinition(next);
    setUnreadable(null);
    const needed = secretNames(next.headers);
    // What was typed and taken back leaves the saved one, if there is any.
    const given = typed === undefined ? values.secrets : { ...saved, ...typed };
    const secrets = Object.entries(given).filter(([name]) => needed.includes(name));
    form.set({ ...values, secrets: Object.fromEntries(secrets), options: { ...values.options, [option]: next } });
  }
  return {
    definition,
    unreadable,
    change: (next, typed) => set(form.values, next, typed),
    // The fields of its headers begin empty.
    take: (next, proposal) => set(withProposal(form.values, proposal), next, {}),
  };
}

function readDefinition(value: unknown): { readonly definition: MappingDefinition; readonly problem: string | null } {
  if (value === undefined) return { definition: EMPTY, problem: null };
  const parsed = definitionSchema.safeParse(value);
  return parsed.success
    ? { definition: parsed.data, problem: null }
    : { definition: EMPTY, problem: firstIssue(parsed.error) };
}

/** Only what is empty is filled in: the key goes to the address, and nobody else may choose where that is. */
function withProposal(values: FormValues, { address, name }: Proposal): FormValues {
  const moved = address !== null && addressFits(values.baseUrl, address) ? withAddress(values, address) : values;
  return { ...moved, label: values.label.trim() === "" ? (name ?? values.label) : values.label };
}

/** Whether a proposed address may stand in the form: it is the same service's, or there is none yet. */
export function addressFits(given: string, proposed: string): boolean {
  return given.trim() === "" || originOf(given) === proposed;
}
