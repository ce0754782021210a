import { CallFailure, type Handlers } from "../../contract/host.ts";
import type { Ports } from "../../ports.ts";
import type { LiveSettings } from "../../settings/live-settings.ts";

export interface SinkHandlerParts {
  readonly ports: Ports;
  readonly settings: () => LiveSettings;
  /** Makes what is told follow the settings. */
  readonly apply: () => Promise<void>;
}

type SinkHandlers = Pick<Handlers, "sinks.save" | "sinks.adjust" | "sinks.remove" | "alerts.testSink">;

/** The answers to the calls about sinks. */
export function createSinkHandlers(_parts: SinkHandlerParts): SinkHandlers {
  const unfinished = (): never => {
    throw new CallFailure("internal");
  };
  return {
    "sinks.save": unfinished,
    "sinks.adjust": unfinished,
    "sinks.remove": unfinished,
    "alerts.testSink": unfinished,
  };
}
