import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { delivery, NASTY, NOW, sampleAlert, subjects } from "../../../tests/support/sample-alerts.ts";
import type { AlertDelivery } from "../alert.ts";
import { utf8Length } from "./cut-text.ts";
import { discordEscaped, discordMessage } from "./discord-format.ts";
import { englishMessages } from "./english-message.ts";
import { deliveryJson } from "./json-format.ts";
import { ntfyMessage } from "./ntfy-format.ts";
import type { SinkMessage } from "./sink-message.ts";
import { slackMessage } from "./slack-format.ts";

// The schemas are written from what each service documents, not from our types.
const iso = z.iso.datetime();
const alertSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(["percent-left", "amount-left", "runway", "before-reset", "failing", "back"]),
  severity: z.enum(["used-up", "warning", "failing", "good"]),
  source: z.strictObject({ id: z.string(), label: z.string() }),
  meter: z.strictObject({ id: z.string(), label: z.string() }).nullable(),
  demo: z.boolean(),
  firedAt: iso,
  resetsAt: iso.nullable(),
  title: z.string().min(1),
  text: z.string(),
  unit: z.string().nullable(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable(),
  percentRemaining: z.number().nullable(),
  remaining: z.number().nullable(),
  threshold: z.number().nullable(),
  below: z.number().nullable(),
  days: z.number().nullable(),
  runsOutAt: iso.nullable(),
  cause: z.string().nullable(),
  since: iso.nullable(),
});
const schemas = {
  json: z.strictObject({
    schemaVersion: z.literal(1),
    app: z.literal("plimsoll"),
    type: z.literal("alert"),
    id: z.string().min(1),
    at: iso,
    test: z.boolean(),
    severity: z.enum(["used-up", "warning", "failing", "good"]),
    title: z.string().min(1),
    text: z.string(),
    count: z.number().int().min(1),
    alerts: z.array(alertSchema).min(1).max(50),
  }),
  ntfy: z.strictObject({
    topic: z.string().regex(/^[-_A-Za-z0-9]{1,64}$/),
    title: z.string().min(1),
    message: z
      .string()
      .min(1)
      .refine((text) => Buffer.byteLength(text) <= 4096),
    priority: z.number().int().min(1).max(5),
    tags: z.array(z.string().regex(/^[a-z_]+$/)),
  }),
  slack: z.strictObject({
    text: z.string().min(1).max(3000),
    blocks: z
      .array(
        z.union([
          z.strictObject({
            type: z.literal("header"),
            text: z.strictObject({
              type: z.literal("plain_text"),
              text: z.string().min(1).max(150),
              emoji: z.literal(false),
            }),
          }),
          z.strictObject({
            type: z.literal("section"),
            text: z.strictObject({
              type: z.literal("plain_text"),
              text: z.string().min(1).max(3000),
              emoji: z.literal(false),
            }),
          }),
        ]),
      )
      .min(1)
      .max(50),
  }),
  discord: z.strictObject({
    content: z.string().min(1).max(2000),
    embeds: z
      .array(
        z.strictObject({
          title: z.string().min(1).max(256),
          description: z.string().min(1).max(4096).optional(),
          color: z.number().int().min(0).max(0xffffff),
          timestamp: iso,
        }),
      )
      .max(10),
    allowed_mentions: z.strictObject({ parse: z.array(z.never()).length(0) }),
  }),
};

const make = englishMessages();
const messageOf = (several: AlertDelivery, isTest = false): Promise<SinkMessage> => make(several, NOW, isTest);
const asSent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function expectAllValid(message: SinkMessage): void {
  schemas.json.parse(asSent(deliveryJson(message)));
  schemas.ntfy.parse(asSent(ntfyMessage(message, "my-topic")));
  schemas.slack.parse(asSent(slackMessage(message)));
  schemas.discord.parse(asSent(discordMessage(message)));
}

describe("every format", () => {
  it.each(subjects.map((what) => [what.type, what] as const))("takes one alert of the kind %s", async (_type, what) => {
    const whole = what.type === "failing" ? { meterId: null, meterLabel: null, resetsAt: null } : {};
    expectAllValid(await messageOf(delivery(sampleAlert({ what, ...whole }))));
  });

  it("takes all kinds at once, and a hundred alerts", async () => {
    const all = subjects.map((what, index) => sampleAlert({ what, id: `a${index}` }));
    expectAllValid(await messageOf(delivery(...all)));
    const many = Array.from({ length: 100 }, (_, index) =>
      sampleAlert({ id: `a${index}`, sourceLabel: `Gateway ${index} ${NASTY}`.slice(0, 80) }),
    );
    const message = await messageOf({ id: "many", alerts: many });
    expectAllValid(message);
    expect(deliveryJson(message)).toMatchObject({ count: 100 });
    expect(JSON.stringify(deliveryJson(message)).length).toBeLessThan(100_000);
    expect(slackMessage(message).blocks.at(-1)).toMatchObject({ text: { text: "… +80" } });
    expect(discordMessage(message).embeds[0]?.description).toMatch(/… \+\d+$/);
  });

  it("takes whatever a name holds, however long", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: "binary", maxLength: 3000 }), { minLength: 1, maxLength: 5 }),
        async (labels) => {
          const alerts = labels.map((sourceLabel, index) =>
            sampleAlert({ id: `a${index}`, sourceLabel, meterLabel: { text: sourceLabel } }),
          );
          expectAllValid(await messageOf({ id: "d", alerts }));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("the generic format", () => {
  it("tells every fact: money in major units, times in UTC, null for what does not apply", async () => {
    const message = await messageOf(delivery(sampleAlert()));
    expect(deliveryJson(message)).toEqual({
      schemaVersion: 1,
      app: "plimsoll",
      type: "alert",
      id: "s1|cost|2026-12-01|20",
      at: "2026-11-20T12:00:00.000Z",
      test: false,
      severity: "warning",
      title: "Team gateway: 15% left",
      text: expect.stringContaining("20%"),
      count: 1,
      alerts: [
        {
          id: "s1|cost|2026-12-01|20",
          kind: "percent-left",
          severity: "warning",
          source: { id: "s1", label: "Team gateway" },
          meter: { id: "cost", label: "Spend" },
          demo: false,
          firedAt: "2026-11-20T12:00:00.000Z",
          resetsAt: "2026-11-20T14:00:00.000Z",
          title: "Team gateway: 15% left",
          text: expect.stringContaining("20%"),
          unit: "money",
          currency: "USD",
          percentRemaining: 15,
          remaining: 6,
          threshold: 20,
          below: null,
          days: null,
          runsOutAt: null,
          cause: null,
          since: null,
        },
      ],
    });
  });

  it("takes an unknown amount for unknown, not for 0", async () => {
    const what = {
      type: "percent-left",
      threshold: 5,
      percentRemaining: 4,
      remaining: null,
      unit: { kind: "tokens" },
    } as const;
    expect(deliveryJson(await messageOf(delivery(sampleAlert({ what })))).alerts[0]).toMatchObject({
      remaining: null,
      unit: "tokens",
      currency: null,
    });
  });

  it("says of a sample that it is one", async () => {
    const message = await messageOf(delivery(sampleAlert()), true);
    expect(deliveryJson(message)).toMatchObject({ test: true, title: "Test: Team gateway: 15% left" });
  });
});

describe("ntfy's format", () => {
  it("carries a name in any script unchanged", async () => {
    const message = await messageOf(delivery(sampleAlert({ sourceLabel: "Größe 日本 😀" })));
    expect(ntfyMessage(message, "t")).toEqual({
      topic: "t",
      title: "Größe 日本 😀: 15% left",
      message: expect.stringContaining("Spend"),
      priority: 3,
      tags: ["warning"],
    });
  });

  it.each([
    [
      { type: "percent-left", threshold: 0, percentRemaining: 0, remaining: 0, unit: { kind: "tokens" } },
      4,
      "rotating_light",
    ],
    [{ type: "failing", cause: "timed-out", since: NOW }, 3, "electric_plug"],
    [{ type: "back", percentRemaining: 100, remaining: null, unit: { kind: "tokens" } }, 2, "white_check_mark"],
  ] as const)("rings louder the worse it is: %j", async (what, priority, tag) => {
    expect(ntfyMessage(await messageOf(delivery(sampleAlert({ what }))), "t")).toMatchObject({ priority, tags: [tag] });
  });

  it("cuts a message between characters", async () => {
    const text = "é😀".repeat(2000);
    const message = { ...(await messageOf(delivery(sampleAlert()))), body: text };
    const cut = ntfyMessage(message, "t").message;
    expect(utf8Length(cut)).toBe(Buffer.byteLength(cut));
    expect(cut).toMatch(/(?:é|😀)…$/u);
    expect(Buffer.byteLength(cut)).toBeGreaterThan(4080);
  });

  it("is worded as a title where there is no body", async () => {
    const message = { ...(await messageOf(delivery(sampleAlert()))), body: "" };
    expect(ntfyMessage(message, "t").message).toBe(message.title);
  });
});

describe("Slack's format", () => {
  it("leaves nothing in a name that Slack would act upon", async () => {
    const sent = slackMessage(await messageOf(delivery(sampleAlert({ sourceLabel: NASTY }))));
    const texts = [sent.text, ...sent.blocks.map(({ text }) => text.text)];
    for (const text of texts) {
      expect(text).not.toMatch(/[<>]/);
      expect(text).not.toMatch(/&(?!amp;|lt;|gt;)/);
    }
    expect(sent.text).toContain("&lt;!channel&gt;");
    // What the user typed as "&amp;" reads as that.
    expect(sent.text).toContain("&amp;amp;");
    expect(sent.blocks.every(({ text }) => text.type === "plain_text")).toBe(true);
  });

  it("cuts no escape in half", async () => {
    const sent = slackMessage(await messageOf(delivery(sampleAlert({ sourceLabel: "<".repeat(400) }))));
    expect(sent.blocks[0]?.text.text).toMatch(/^(?:&lt;)+…$/);
  });
});

describe("Discord's format", () => {
  it("pings nobody and keeps every character of a name as it is", async () => {
    const sent = discordMessage(await messageOf(delivery(sampleAlert({ sourceLabel: NASTY }))));
    expect(sent.allowed_mentions).toEqual({ parse: [] });
    expect(unescaped(sent.content)).toContain(NASTY);
  });

  it.each([
    ["*bold* _it_ ~~no~~ ||spoiler|| `code`", "\\*bold\\* \\_it\\_ \\~\\~no\\~\\~ \\|\\|spoiler\\|\\| \\`code\\`"],
    ["<@1> <#2> <t:3> [x](https://a.b)", "\\<@1> \\<#2> \\<t:3> \\[x\\](https\\://a.b)"],
    ["# head\n> quote\n- list\n1. one", "\\# head\n\\> quote\n\\- list\n1\\. one"],
    [":smile: 12:30", "\\:smile: 12:30"],
    ["Team gateway: $5.00 left (15%)", "Team gateway: $5.00 left (15%)"],
    ["\\*", "\\\\\\*"],
  ])("%j is shown as it is", (text, escaped) => {
    expect(discordEscaped(text)).toBe(escaped);
    expect(unescaped(escaped)).toBe(text);
  });
});

/** As Discord reads it: a backslash before anything but letters, digits and space goes. */
function unescaped(text: string): string {
  return text.replace(/\\([^0-9A-Za-z\s])/g, "$1");
}
