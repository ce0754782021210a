import { type RefObject, useEffect, useRef } from "react";
import { bringIntoSight, takeTo } from "../../ui/attention.ts";
import type { GatewayFormModel } from "./use-gateway-form.ts";
import type { ProbeModel } from "./use-probe.ts";

/**
 * Where the form takes its reader: to the field to correct, to what came of a test, to the next thing to do after finding out.
 * Nothing that happens leaves the focus nowhere, or its outcome below the fold.
 */
export function useFormFocus(
  element: RefObject<HTMLFormElement | null>,
  form: GatewayFormModel,
  probe: ProbeModel,
  finding: boolean,
): void {
  const { error, tested } = form;
  const { reply, chosen } = probe;
  // A form that came filled in begins at what is still missing.
  useEffect(() => {
    takeTo(first(element, "[data-missing]"));
  }, [element]);

  // Whoever has to correct a field is taken to it; else to what is wrong with the whole.
  useEffect(() => {
    if (error !== null) takeTo(first(element, "[aria-invalid=true]", "[data-problem]"));
  }, [element, error]);

  // The button that switched is gone, and the other fields begin at their first.
  const shown = useRef(finding);
  useEffect(() => {
    if (shown.current === finding) return;
    shown.current = finding;
    takeTo(first(element, "[data-missing]", "[data-first]"));
  }, [element, finding]);

  const told = useRef(tested);
  useEffect(() => {
    if (told.current === tested) return;
    told.current = tested;
    if (!finding) takeTo(first(element, "[data-outcome]"));
  }, [element, tested, finding]);

  // The next thing to do after finding out: choose, give it a name, enter another key or the address; else read what it says.
  useEffect(() => {
    if (reply === null) return;
    bringIntoSight(first(element, "[data-found]"));
    takeTo(
      first(
        element,
        "[data-choice]",
        "[data-found] [data-name]",
        "[data-refused] [data-key]",
        "[data-needs-address] [data-first]",
        "[data-outcome]",
      ),
    );
  }, [element, reply]);

  // What a choice or the test after it told stands below.
  const outcome = probe.outcome?.type ?? null;
  useEffect(() => {
    if (chosen !== null && outcome !== null) bringIntoSight(first(element, "[data-found]"));
  }, [element, chosen, outcome]);
}

/** The first selector that something in the form's dialog answers to decides. */
function first(form: RefObject<HTMLFormElement | null>, ...selectors: readonly string[]): Element | null {
  const dialog = form.current?.closest("dialog");
  for (const selector of selectors) {
    const found = dialog?.querySelector(selector) ?? null;
    if (found !== null) return found;
  }
  return null;
}
