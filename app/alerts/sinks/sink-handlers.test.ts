import { beforeEach, describe, expect, it } from "vitest";
import { createMemoryPorts, type MemoryPorts } from "../../../tests/engine/memory-ports.ts";
import { createVirtualClock } from "../../../tests/engine/virtual-clock.ts";
import { NOW } from "../../../tests/support/sample-alerts.ts";
import { CallFailure, type Handlers } from "../../contract/host.ts";
import type { HttpRequest, HttpResult } from "../../ports.ts";
import { type LiveSettings, openSettings } from "../../settings/live-settings.ts";
import type { CommandHook, Webhook, WebhookDraft } from "../../settings/sink-settings.ts";
import { createSinkHandlers, MOST_SINKS } from "./sink-handlers.ts";

const URL_ONE = "https://hooks.example.org/services/SECRET/one";
const URL_TWO = "https://other.example.org/services/SECRET/two";
const TOKEN = "tk_0123456789abcdef";

let ports: MemoryPorts;
let settings: LiveSettings;
let handlers: Pick<Handlers, "sinks.save" | "sinks.adjust" | "sinks.remove" | "alerts.testSink">;
let applied: number;
let answer: (request: HttpRequest) => HttpResult;

beforeEach(async () => {
  answer = () => ({ ok: true, status: 200, headers: {}, body: "ok", ms: 1, bytes: 2 });
  ports = createMemoryPorts(createVirtualClock(NOW), (request) => answer(request));
  settings = await openSettings(ports.settings, ports.logger);
  applied = 0;
  handlers = createSinkHandlers({
    ports,
    settings: () => settings,
    apply: async () => {
      applied += 1;
    },
    checkVault: async () => undefined,
  });
});

const draft = (change: Partial<WebhookDraft> = {}): WebhookDraft => ({
  id: null,
  label: "Team channel",
  enabled: true,
  format: "slack",
  address: { type: "secret", url: URL_ONE },
  token: { type: "none" },
  ...change,
});
const save = (change: Partial<WebhookDraft> = {}) => Promise.resolve(handlers["sinks.save"](draft(change)));
const sinks = () => settings.current().sinks;
const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "was accepted",
    (error: unknown) => (error instanceof CallFailure ? error.error : error),
  );
const secretOf = (id: string) => ports.secrets.get(id)?.secret;

const command: CommandHook = {
  type: "command",
  id: "cmd",
  label: "Sound",
  enabled: true,
  argv: ["play", "x"],
  timeoutSeconds: 5,
};
const addCommand = () => settings.change((current) => ({ ...current, sinks: [...current.sinks, command] }));

describe("saving a webhook", () => {
  it("puts address and token into the vault and the origin into the settings", async () => {
    const { id } = await save({ token: { type: "secret", secret: ` ${TOKEN}\n` } });
    const webhook: Webhook = {
      type: "webhook",
      id,
      label: "Team channel",
      enabled: true,
      format: "slack",
      origin: "https://hooks.example.org",
      address: { type: "vault" },
      hasToken: true,
    };
    expect(sinks()).toEqual([webhook]);
    expect(ports.secrets.get(`sink/${id}`)).toEqual({ origin: "https://hooks.example.org", secret: URL_ONE });
    expect(ports.secrets.get(`sink/${id}/token`)).toEqual({ origin: "https://hooks.example.org", secret: TOKEN });
    expect(applied).toBe(1);
    const written = ports.file.kind === "text" ? ports.file.text : "";
    expect(written).toContain("https://hooks.example.org");
    expect(written).not.toContain("SECRET");
    expect(written).not.toContain(TOKEN);
  });

  it("names one without a name, and no two alike", async () => {
    await save({ label: "" });
    await save({ label: " \u0007 ", format: "json" });
    await save({ label: "" });
    expect(sinks().map(({ label }) => label)).toEqual([
      "Slack – hooks.example.org",
      "Webhook – hooks.example.org",
      "Slack – hooks.example.org (2)",
    ]);
  });

  it("takes a variable that holds an address, and no other", async () => {
    ports.env.set("HOOK_URL", URL_TWO);
    ports.env.set("BAD_URL", "http://10.0.0.1/x");
    const { id } = await save({ address: { type: "env", name: " HOOK_URL " } });
    expect(sinks()).toMatchObject([
      { origin: "https://other.example.org", address: { type: "env", name: "HOOK_URL" } },
    ]);
    expect(ports.secrets.has(`sink/${id}`)).toBe(false);
    const byName = (name: string) => refusal(save({ address: { type: "env", name } }));
    expect(await byName("NOT_SET")).toEqual({ code: "invalid-address", detail: "env-not-set" });
    expect(await byName("a b")).toEqual({ code: "invalid-address", detail: "bad-variable-name" });
    expect(await byName("BAD_URL")).toEqual({ code: "invalid-address", detail: "plain-http-webhook" });
  });

  it.each<[string, Partial<WebhookDraft>, object]>([
    ["no address", { address: { type: "secret", url: " " } }, { code: "invalid-address", detail: "empty" }],
    [
      "plain http",
      { address: { type: "secret", url: "http://hooks.example.org/x" } },
      { code: "invalid-address", detail: "plain-http-webhook" },
    ],
    [
      "an ntfy address without topic",
      { format: "ntfy", address: { type: "secret", url: "https://ntfy.sh/" } },
      { code: "invalid-address", detail: "no-topic" },
    ],
    [
      "a token of two lines",
      { token: { type: "secret", secret: "a\nb" } },
      { code: "invalid-key", detail: "has-newline" },
    ],
    ["nothing to keep", { address: { type: "keep" } }, { code: "key-required", detail: "address" }],
    ["an id that is not there", { id: "gone" }, { code: "unknown-sink", detail: null }],
  ])("refuses %s and saves nothing", async (_what, change, error) => {
    expect(await refusal(save(change))).toEqual(error);
    expect(sinks()).toEqual([]);
    expect(ports.secrets.size).toBe(0);
  });

  it("takes no more than twenty", async () => {
    for (let count = 0; count < MOST_SINKS; count += 1) await save();
    expect(await refusal(save())).toMatchObject({ code: "invalid-input" });
    expect(sinks()).toHaveLength(MOST_SINKS);
  });

  it("leaves no sink behind whose secrets could not be saved", async () => {
    ports.vault.set = () => Promise.reject(new Error(URL_ONE));
    expect(await refusal(save())).toEqual({ code: "key-not-saved", detail: null });
    expect(sinks()).toEqual([]);
  });
});

describe("editing a webhook", () => {
  const token = { type: "secret", secret: TOKEN } as const;
  const keepBoth = { address: { type: "keep" }, token: { type: "keep" } } as const;

  it("keeps what it is told to keep", async () => {
    const { id } = await save({ token });
    await save({ id, label: "Renamed", enabled: false, ...keepBoth });
    expect(sinks()).toMatchObject([
      { id, label: "Renamed", enabled: false, hasToken: true, origin: "https://hooks.example.org" },
    ]);
    expect([secretOf(`sink/${id}`), secretOf(`sink/${id}/token`)]).toEqual([URL_ONE, TOKEN]);
  });

  it("asks for the token again when the address goes to another origin", async () => {
    const { id } = await save({ token });
    const elsewhere = { type: "secret", url: URL_TWO } as const;
    expect(await refusal(save({ id, address: elsewhere, token: { type: "keep" } }))).toEqual({
      code: "key-required",
      detail: "token",
    });
    expect(secretOf(`sink/${id}`)).toBe(URL_ONE);
    await save({ id, address: elsewhere, token });
    expect(ports.secrets.get(`sink/${id}/token`)).toEqual({ origin: "https://other.example.org", secret: TOKEN });
  });

  it("looks whether the address that is kept suits another format", async () => {
    const { id } = await save({ address: { type: "secret", url: "https://hooks.example.org/" } });
    expect(await refusal(save({ id, format: "ntfy", ...keepBoth }))).toEqual({
      code: "invalid-address",
      detail: "no-topic",
    });
    await save({ id, format: "discord", ...keepBoth });
    expect(sinks()).toMatchObject([{ format: "discord" }]);
  });

  it("forgets the secrets that have no more use", async () => {
    ports.env.set("HOOK_URL", URL_ONE);
    const { id } = await save({ token });
    await save({ id, address: { type: "env", name: "HOOK_URL" }, token: { type: "none" } });
    expect(ports.secrets.size).toBe(0);
  });

  it("makes no webhook of a command", async () => {
    await addCommand();
    expect(await refusal(save({ id: command.id }))).toMatchObject({ code: "invalid-input" });
    expect(sinks()).toEqual([command]);
  });
});

describe("other changes", () => {
  it("switches any sink off and on and renames it", async () => {
    await addCommand();
    await handlers["sinks.adjust"]({ id: command.id, enabled: false });
    await handlers["sinks.adjust"]({ id: command.id, label: " Bell " });
    expect(sinks()).toEqual([{ ...command, enabled: false, label: "Bell" }]);
    expect(
      await refusal(Promise.resolve().then(() => handlers["sinks.adjust"]({ id: command.id, label: " " }))),
    ).toMatchObject({
      code: "invalid-input",
    });
  });

  it("removes a sink with its secrets, also when the vault does not answer", async () => {
    const first = await save({ token: { type: "secret", secret: TOKEN } });
    const second = await save();
    await handlers["sinks.remove"](first);
    expect([...ports.secrets.keys()]).toEqual([`sink/${second.id}`]);
    ports.vault.delete = () => Promise.reject(new Error(URL_ONE));
    await handlers["sinks.remove"](second);
    expect(sinks()).toEqual([]);
    expect(ports.logged.join("\n")).not.toContain("SECRET");
  });

  it("tests a webhook and a command", async () => {
    const { id } = await save();
    expect(await handlers["alerts.testSink"]({ id })).toEqual({
      ok: true,
      detail: "200 from https://hooks.example.org",
    });
    expect(ports.requests.map(({ url }) => url)).toEqual([URL_ONE]);
    expect(ports.requests[0]?.body).toContain("Test: Plimsoll");
    await addCommand();
    expect(await handlers["alerts.testSink"]({ id: command.id })).toMatchObject({ ok: true });
    expect(ports.ranCommands).toEqual([["play", "x"]]);
  });
});
