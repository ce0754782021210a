import type { Handlers } from "../../app/contract/host.ts";

/** Answers to the calls about history: kept, and empty. */
export const scriptedHistory: Pick<Handlers, "history.status" | "history.view" | "history.export"> = {
  "history.status": () => ({
    kind: "on",
    path: "/home/me/.config/plimsoll/history.db",
    bytes: 4096,
    rows: { samples: 0, hours: 0, days: 0 },
    problem: null,
    keptAside: null,
  }),
  "history.view": () => ({ from: Date.now() - 86_400_000, to: Date.now(), resolution: "raw", series: [] }),
  "history.export": ({ format }) => ({
    file: {
      name: `plimsoll-history.${format}`,
      mediaType: format === "csv" ? "text/csv" : "application/json",
      text: "",
    },
  }),
};
