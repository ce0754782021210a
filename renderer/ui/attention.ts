/** Brings something into sight: all of it where it fits, else its beginning. */
export function bringIntoSight(element: Element | null | undefined): void {
  element?.scrollIntoView({ block: "nearest" });
}

/** Takes the reader to something that appeared: into sight, and with the focus. Nothing where it is not there. */
export function takeTo(element: Element | null | undefined): void {
  if (!(element instanceof HTMLElement)) return;
  // What is folded away can neither be seen nor take the focus.
  element.closest("details:not([open])")?.setAttribute("open", "");
  element.focus({ preventScroll: true });
  bringIntoSight(element);
}
