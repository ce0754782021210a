import type { CallInput } from "../../contract/contract.ts";
import { CallFailure, type Handlers } from "../../contract/host.ts";
import type { Ports } from "../../ports.ts";
import type { LiveSettings } from "../../settings/live-settings.ts";
import { type SinkConfig, sinkAddressId, sinkTokenId, type Webhook } from "../../settings/sink-settings.ts";
import { cleanText } from "../../sources/clean-text.ts";
import { acceptWebhook } from "./accept-sink.ts";
import { createSinkDelivery } from "./deliver.ts";
import { englishMessages } from "./english-message.ts";
import { sampleDelivery } from "./sample-delivery.ts";
import { webhookAddress } from "./webhook.ts";

/** Each is asked at every alert, all at once. */
export const MOST_SINKS = 20;

type SinkPorts = Pick<Ports, "clock" | "random" | "http" | "vault" | "references" | "logger" | "commands">;
type SinkCalls = "sinks.save" | "sinks.adjust" | "sinks.remove" | "alerts.testSink";

/** The answers to the calls about sinks. `apply` makes what runs follow the settings. */
export function createSinkHandlers(parts: {
  readonly ports: SinkPorts;
  readonly settings: () => LiveSettings;
  readonly apply: () => Promise<void>;
  /** Looks where secrets lie, so that faces can say it. */
  readonly checkVault: () => Promise<void>;
}): Pick<Handlers, SinkCalls> {
  const { ports, settings, apply } = parts;
  const { vault, logger } = ports;

  const find = (id: string): SinkConfig => {
    const found = settings()
      .current()
      .sinks.find((sink) => sink.id === id);
    if (found === undefined) throw new CallFailure("unknown-sink");
    return found;
  };

  const change = async (edit: (sinks: readonly SinkConfig[]) => readonly SinkConfig[]): Promise<void> => {
    await settings().change((current) => ({ ...current, sinks: edit(current.sinks) }));
    await apply();
  };

  /** What is left over in the vault is of no use to anybody, so that a failure is no reason to keep the sink. */
  const forget = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) await vault.delete(id).catch(() => logger.log("warn", "key-not-deleted", { id }));
  };

  const webhookToEdit = (id: CallInput<"sinks.save">["id"]): Webhook | null => {
    if (id === null) return null;
    const sink = find(id);
    // A page must never be able to choose what runs on this computer, nor to turn what runs into something else.
    if (sink.type !== "webhook") throw new CallFailure("invalid-input", "a command is set in a terminal only");
    return sink;
  };

  return {
    "sinks.save": async (draft) => {
      const existing = webhookToEdit(draft.id);
      const others = settings()
        .current()
        .sinks.filter(({ id }) => id !== existing?.id);
      if (existing === null && others.length >= MOST_SINKS) {
        throw new CallFailure("invalid-input", `there are ${MOST_SINKS} already, which is the most`);
      }
      const accepted = await acceptWebhook(draft, existing, {
        newId: () => ports.random.id(),
        savedAddress: async (webhook) => {
          const address = await webhookAddress(webhook, ports);
          return address.found ? address.secret : null;
        },
        variable: (name) => {
          const address = ports.references.env({ type: "env", name });
          return address.found ? address.secret : null;
        },
        otherLabels: others.map(({ label }) => label),
      });
      const { webhook } = accepted;
      try {
        // Secrets go first: a failure in between leaves one without use, never a sink without one.
        if (accepted.address !== null) await vault.set(sinkAddressId(webhook.id), webhook.origin, accepted.address);
        if (accepted.token !== null) await vault.set(sinkTokenId(webhook.id), webhook.origin, accepted.token);
      } catch {
        // The vault's own message could quote what it was given.
        throw new CallFailure("key-not-saved");
      }
      await change((sinks) =>
        existing === null
          ? [...sinks, webhook]
          : sinks.map((sink) => (sink.id === webhook.id ? { ...sink, ...webhook } : sink)),
      );
      if (accepted.address !== null || accepted.token !== null) await parts.checkVault();
      await forget([
        ...(existing?.address.type === "vault" && webhook.address.type === "env" ? [sinkAddressId(webhook.id)] : []),
        ...(existing?.hasToken === true && !webhook.hasToken ? [sinkTokenId(webhook.id)] : []),
      ]);
      return { id: webhook.id };
    },

    "sinks.adjust": async ({ id, label, enabled }) => {
      find(id);
      const name = label === undefined ? undefined : cleanText(label);
      if (name === "") throw new CallFailure("invalid-input", "the name is empty");
      await change((sinks) =>
        sinks.map((sink) =>
          sink.id === id
            ? { ...sink, ...(name !== undefined && { label: name }), ...(enabled !== undefined && { enabled }) }
            : sink,
        ),
      );
    },

    "sinks.remove": async ({ id }) => {
      const sink = find(id);
      await change((sinks) => sinks.filter((other) => other.id !== id));
      await forget(secretsOf(sink));
    },

    "alerts.testSink": async ({ id }) => {
      const sink = find(id);
      const delivery = createSinkDelivery({ ports, sinks: () => [sink], message: englishMessages() });
      return delivery.test(sink, sampleDelivery(ports.clock.now()));
    },
  };
}

function secretsOf(sink: SinkConfig): readonly string[] {
  if (sink.type !== "webhook") return [];
  return [
    ...(sink.address.type === "vault" ? [sinkAddressId(sink.id)] : []),
    ...(sink.hasToken ? [sinkTokenId(sink.id)] : []),
  ];
}
