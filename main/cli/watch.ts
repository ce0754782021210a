import * as z from "zod";
import type { AlertSink } from "../../app/ports.ts";
import type { FaceEngine } from "../host/attach/shared-engine.ts";
import { EXIT } from "./exit-codes.ts";
import { openLastingFace } from "./lasting-face.ts";
import { profileOption, tellSettingsProblems } from "./session.ts";
import { tellRoles } from "./tell-roles.ts";
import { createJsonView, createLineView, createTableView, type WatchView } from "./watch-view.ts";
import { createWording } from "./wording.ts";

const optionsSchema = z.object({
  json: z.boolean().default(false),
  bell: z.boolean().default(true),
  demo: z.boolean().default(false),
  profile: profileOption,
});
type Options = z.output<typeof optionsSchema>;

const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const MINUTE_MS = 60_000;

/** `plimsoll watch`: what is left and what is warned of, as it happens, until Ctrl+C. Returns the exit status. */
export async function watch(raw: unknown): Promise<number> {
  const options = optionsSchema.parse(raw);
  // Listened for from the start, so that an early Ctrl+C, too, ends with everything stopped.
  const stop = untilStopped();
  const face = await openLastingFace({ profile: options.profile, face: "cli", demo: options.demo, alerts: shownHere });
  const { engine, shared } = face;
  try {
    await engine.start();
    await tellSettingsProblems(engine);
    const view = createView(options);
    if (shared !== null) tellRoles(shared, "terminal", (line) => view.note(line));
    const unwatch = follow(engine, view);
    // Somebody looks now.
    engine.wake("opened");
    await stop.asked;
    unwatch();
    return EXIT.fine;
  } finally {
    stop.ignore();
    await engine.stop();
    await face.close();
  }
}

/** For the alert log of the host that this process may become: whoever watches sees the line. */
const shownHere: AlertSink = { show: async () => ({ sink: "terminal", ok: true, detail: null }) };

function createView({ json, bell }: Options): WatchView {
  const wording = createWording();
  const write = (text: string) => process.stdout.write(text);
  if (json) return createJsonView(write, wording);
  const isLive = process.stdout.isTTY === true && process.env["TERM"] !== "dumb";
  return isLive ? createTableView(process.stdout, wording, bell) : createLineView(write, wording);
}

/** Shows each state and alert of the engine; returns the function that ends it. */
function follow(engine: Pick<FaceEngine, "state" | "onState" | "subscribe">, view: WatchView): () => void {
  let timer: NodeJS.Timeout | undefined;
  const show = (): void => view.state(engine.state(), Date.now());
  const tick = (): void => {
    show();
    timer = setTimeout(tick, MINUTE_MS - (Date.now() % MINUTE_MS));
  };
  const offs = [
    engine.onState(show),
    engine.subscribe((event) => {
      if (event.name === "alerts.raised") view.alert(event.value, Date.now());
    }),
  ];
  if (view.ticks) {
    process.stdout.on("resize", show);
    tick();
  } else show();
  return () => {
    clearTimeout(timer);
    process.stdout.off("resize", show);
    for (const off of offs) off();
  };
}

function untilStopped(): { readonly asked: Promise<void>; ignore(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onSignal = (): void => resolve();
  for (const signal of STOP_SIGNALS) process.on(signal, onSignal);
  return {
    asked: promise,
    ignore() {
      for (const signal of STOP_SIGNALS) process.off(signal, onSignal);
    },
  };
}
