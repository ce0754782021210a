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
  /** With further secrets that were typed in, by name. Secrets that no header takes any more leave the form. */
  readonly change: (definition: MappingDefinition, typed?: SourceDraft["secrets"]) => void;
}

/** `option` is the name of the option that holds the definition. */
export function useMapping(form: GatewayFormModel, option: string): MappingModel {
  const [opened] = useState(() => readDefinition(form.values.options[option]));
  const [definition, setDefinition] = useState(opened.definition);
  const [unreadable, setUnreadable] = useState(opened.problem);
  return {
    definition,
    unreadable,
    change(next, typed = {}) {
      setDefinition(next);
      setUnreadable(null);
      const needed = secretNames(next.headers);
      const secrets = Object.entries({ ...form.values.secrets, ...typed }).filter(([name]) => needed.includes(name));
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
