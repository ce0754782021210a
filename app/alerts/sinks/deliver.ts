import type { Clock, CommandRunner, Logger, Random } from "../../ports.ts";
import type { SinkConfig } from "../../settings/sink-settings.ts";
import type { AlertDelivery } from "../alert.ts";
import type { SinkOutcome } from "../alert-log.ts";
import type { Attempt } from "./attempt.ts";
import { runCommandHook } from "./command-hook.ts";
import type { SinkMessage } from "./sink-message.ts";
import { createSinkQueue, type Delivered, type SinkQueue } from "./sink-queue.ts";
import { postToWebhook, type WebhookPorts } from "./webhook.ts";

/** How long the end of the app waits for what is under way. */
export const STOP_GRACE_MS = 2_000;

export interface SinkDelivery {
  /**
   * Sends a delivery to every enabled sink, to all at once, and tells what came of each once the last was delivered or given up
   * (minutes, where one is tried again). Never rejects.
   */
  deliver(delivery: AlertDelivery): Promise<readonly SinkOutcome[]>;
  /** Sends a sample through one sink, enabled or not, once and past what waits. Never rejects. */
  test(sink: SinkConfig, delivery: AlertDelivery): Promise<Delivered>;
  /** Gives what is under way a short chance; the rest is told as not delivered. */
  stop(): Promise<void>;
}

export interface SinkDeliveryOptions {
  readonly ports: WebhookPorts & {
    readonly clock: Clock;
    readonly random: Random;
    readonly logger: Logger;
    readonly commands: CommandRunner;
  };
  /** As they are set now. */
  readonly sinks: () => readonly SinkConfig[];
  /** Facts and words of a delivery (app/alerts/sinks/english-message.ts). */
  readonly message: (delivery: AlertDelivery, at: number, isTest: boolean) => Promise<SinkMessage>;
}

/** Brings alerts to the configured sinks. Nothing runs, and no timer waits, while there is nothing to send. */
export function createSinkDelivery({ ports, sinks, message }: SinkDeliveryOptions): SinkDelivery {
  const { clock, random, logger } = ports;
  const queues = new Map<string, SinkQueue>();
  const underWay = new Set<Promise<unknown>>();
  const tests = new AbortController();
  let stage: "running" | "stopping" | "ended" = "running";

  const sendOnce = async (sink: SinkConfig, what: Promise<SinkMessage>, signal: AbortSignal): Promise<Attempt> => {
    try {
      return sink.type === "webhook"
        ? await postToWebhook(sink, await what, ports, signal)
        : await runCommandHook(sink, await what, ports.commands, signal);
    } catch (error) {
      // Nothing here should throw; if it does, the alert log must not wait for ever. The error's message could hold anything.
      logger.log("error", "sink-crashed", { sink: sink.id, error: error instanceof Error ? error.name : "?" });
      return { type: "failed", detail: "Plimsoll made a mistake; the log says more" };
    }
  };

  /** As it is set at this moment: it may have been changed while a delivery waited. */
  const sendTo = async (id: string, what: SinkMessage, signal: AbortSignal): Promise<Attempt> => {
    const sink = sinks().find((candidate) => candidate.id === id);
    if (sink === undefined) return { type: "failed", detail: "it was removed meanwhile" };
    if (!sink.enabled) return { type: "failed", detail: "it was switched off meanwhile" };
    return sendOnce(sink, Promise.resolve(what), signal);
  };

  const queueOf = (sink: SinkConfig): SinkQueue => {
    // Another origin has asked for no wait.
    const key = sink.type === "webhook" ? `${sink.id} ${sink.origin}` : sink.id;
    const known = queues.get(key);
    if (known !== undefined) return known;
    const queue = createSinkQueue({
      clock,
      random,
      send: (what, signal) => sendTo(sink.id, what, signal),
      onDropped: () => logger.log("warn", "sink-queue-full", { sink: sink.id }),
    });
    queues.set(key, queue);
    // Its delivery was being worded when the end came.
    if (stage !== "running") queue.hurry();
    if (stage === "ended") queue.end();
    return queue;
  };

  const record = (sink: SinkConfig, { ok, detail }: Delivered): SinkOutcome => {
    logger.log(ok ? "info" : "warn", ok ? "sink-delivered" : "sink-failed", { sink: sink.id, detail });
    return { sink: sink.id, ok, detail };
  };

  const toAll = async (delivery: AlertDelivery): Promise<readonly SinkOutcome[]> => {
    const enabled = sinks().filter((sink) => sink.enabled);
    if (enabled.length === 0) return [];
    if (stage !== "running") {
      return enabled.map((sink) => record(sink, { ok: false, detail: "Plimsoll ended before it was delivered" }));
    }
    const what = await message(delivery, clock.now(), false);
    return Promise.all(enabled.map(async (sink) => record(sink, await queueOf(sink).add(what))));
  };

  const track = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    const done = (): void => {
      underWay.delete(work);
    };
    work.then(done, done);
    return work;
  };

  return {
    deliver: (delivery) =>
      track(
        toAll(delivery).catch((error: unknown) => {
          logger.log("error", "sinks-crashed", { error: error instanceof Error ? error.name : "?" });
          return [];
        }),
      ),
    async test(sink, delivery) {
      const attempt = await track(sendOnce(sink, message(delivery, clock.now(), true), tests.signal));
      return { ok: attempt.type === "delivered", detail: attempt.detail };
    },
    async stop() {
      stage = "stopping";
      for (const queue of queues.values()) queue.hurry();
      if (underWay.size === 0) return;
      const all = Promise.allSettled(underWay);
      const cancel = clock.setTimer(clock.now() + STOP_GRACE_MS, () => {
        stage = "ended";
        tests.abort();
        for (const queue of queues.values()) queue.end();
      });
      await all;
      cancel();
    },
  };
}
