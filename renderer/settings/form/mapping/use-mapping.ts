import { useState } from "react";
import type { SourceDraft } from "../../../../app/contract/contract.ts";
import { firstIssue } from "../../../../app/sources/first-issue.ts";
import { definitionSchema, type MappingDefinition } from "../../../../app/sources/mapping/definition.ts";
import { secretNames } from "../../../../app/sources/mapping/request.ts";
import type { GatewayFormModel } from "../use-gateway-form.ts";
import { EMPTY } from "./assign.ts";

/** The definition in the form: what it is, and the one way to change it. */
export interface MappingModel {
  readonly definition: MappingDefinition;
  /** Why what was saved cannot be read; null when it can. */
  readonly unreadable: string | null;
  /** With the further secrets that are typed in, by name, where headers changed. Those that no header takes leave the form. */
  readonly change: (definition: MappingDefinition, typed?: SourceDraft["secrets"]) => void;
}

/** `option` is the name of the option that holds the definition. */
export function useMapping(form: GatewayFormModel, option: string): MappingModel {
  const [opened] = useState(() => readDefinition(form.values.options[option]));
  const [saved] = useState(() =>
    Object.fromEntries(Object.entries(form.values.secrets).filter(([, { type }]) => type === "keep")),
  );
  const [definition, setDefinition] = useState(opened.definition);
  const [unreadable, setUnreadable] = useState(opened.problem);
  return {
    definition,
    unreadable,
    change(next, typed) {
      setDefinition(next);
      setUnreadable(null);
      const needed = secretNames(next.headers);
      // What was typed and taken back leaves the saved one, if there is any.
      const given = typed === undefined ? form.values.secrets : { ...saved, ...typed };
      const secrets = Object.entries(given).filter(([name]) => needed.includes(name));
      form.set({
        ...form.values,
        secrets: Object.fromEntries(secrets),
        options: { ...form.values.options, [option]: next },
      });
    },
  };
}

function readDefinition(value: unknown): { readonly definition: MappingDefinition; readonly problem: string | null } {
  if (value === undefined) return { definition: EMPTY, problem: null };
  const parsed = definitionSchema.safeParse(value);
  return parsed.success
    ? { definition: parsed.data, problem: null }
    : { definition: EMPTY, problem: firstIssue(parsed.error) };
}
