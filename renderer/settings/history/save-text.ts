import type { HistoryFile } from "../../../app/history/series.ts";

/** Saves a text the way that the browser saves downloads. */
export function saveText({ name, mediaType, text }: HistoryFile): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${mediaType};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
