import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { delivery, NASTY, sampleAlert } from "../../../tests/support/sample-alerts.ts";
import { PATH_SECRET, sinkRigPerTest, TOKEN } from "../../../tests/support/sink-rig.ts";

const rig = sinkRigPerTest();

describe("a delivery", () => {
  it("reaches every enabled sink at once, each in its own format", async () => {
    await rig.addWebhook({ format: "slack" });
    await rig.addWebhook({ format: "discord" }, "/api/webhooks/1/abc");
    await rig.addWebhook({ format: "json", hasToken: true }, "/alerts?team=a%20b");
    await rig.addWebhook({ format: "ntfy", hasToken: true }, "/secret-topic");
    await rig.addWebhook({ format: "json", enabled: false }, "/off");
    const outcomes = await rig.deliver(sampleAlert({ sourceLabel: NASTY }));
    expect(outcomes).toEqual(
      [1, 2, 3, 4].map((number) => ({ sink: `sink-${number}`, ok: true, detail: `200 from ${rig.server.origin}` })),
    );
    const byPath = new Map(rig.got.map((request) => [request.path, request]));
    expect([...byPath.keys()].sort()).toEqual([
      "/",
      "/alerts?team=a%20b",
      "/api/webhooks/1/abc",
      `/services/${PATH_SECRET}`,
    ]);
    expect(byPath.get("/")?.body).toMatchObject({ topic: "secret-topic", title: `${NASTY}: 15% left` });
    expect(byPath.get("/")?.headers["authorization"]).toBe(`Bearer ${TOKEN}`);
    expect(byPath.get("/alerts?team=a%20b")?.body).toMatchObject({
      schemaVersion: 1,
      alerts: [{ kind: "percent-left" }],
    });
    expect(byPath.get(`/services/${PATH_SECRET}`)?.body).toMatchObject({ blocks: [{ type: "header" }, {}] });
    expect(byPath.get(`/services/${PATH_SECRET}`)?.headers).not.toHaveProperty("authorization");
    for (const request of rig.got) {
      expect(request.method).toBe("POST");
      expect(request.headers["content-type"]).toBe("application/json");
    }
    rig.expectNoSecretIn(outcomes);
  });

  it("of several alerts is one message", async () => {
    await rig.addWebhook({ format: "ntfy" }, "/topic");
    const alerts = [sampleAlert({ id: "1" }), sampleAlert({ id: "2", sourceId: "s2", sourceLabel: "OpenRouter" })];
    await rig.driven(rig.delivering.deliver({ id: "both", alerts }));
    expect(rig.got.map(({ body }) => body)).toEqual([
      expect.objectContaining({
        title: "2 limits low (Team gateway, OpenRouter)",
        message: "Team gateway, Spend: 15% left\nOpenRouter, Spend: 15% left",
      }),
    ]);
  });

  it("is nothing where there is no sink", async () => {
    expect(await rig.delivering.deliver(delivery(sampleAlert()))).toEqual([]);
    expect(rig.clock.pendingTimers()).toBe(0);
  });

  it("is tried again where that helps, with the same id", async () => {
    await rig.addWebhook({ format: "json" });
    let busy = 2;
    rig.answer = (response) => {
      busy -= 1;
      response.statusCode = busy >= 0 ? 503 : 200;
      response.end();
    };
    expect(await rig.deliver()).toEqual([
      { sink: "sink-1", ok: true, detail: `200 from ${rig.server.origin} (3 tries)` },
    ]);
    const id = z.object({ id: z.string() });
    expect(new Set(rig.got.map(({ body }) => id.parse(body).id)).size).toBe(1);
  });

  it("waits as long as it is told to before it tries again", async () => {
    await rig.addWebhook();
    const at: number[] = [];
    rig.answer = (response) => {
      at.push(rig.clock.now());
      if (at.length === 1) response.writeHead(429, { "retry-after": "60" });
      response.end();
    };
    expect(await rig.deliver()).toMatchObject([{ ok: true }]);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(60_000);
  });

  it("is not held up by a sink that does not answer well", async () => {
    const other = await rig.serve();
    await rig.addWebhook();
    await rig.addWebhook({ origin: other.origin, format: "json" }, "/fine");
    rig.answer = (response, request) => {
      response.statusCode = request.headers.host === new URL(other.origin).host ? 200 : 404;
      response.end(`there is no ${PATH_SECRET}`);
    };
    const outcomes = await rig.deliver();
    expect(outcomes).toEqual([
      { sink: "sink-1", ok: false, detail: `404 from ${rig.server.origin}: there is no such webhook (any more)` },
      { sink: "sink-2", ok: true, detail: `200 from ${other.origin}` },
    ]);
    rig.expectNoSecretIn(outcomes);
  });

  it("does not go to a sink that was removed or switched off while it waited", async () => {
    await rig.addWebhook();
    rig.answer = (response) => {
      rig.sinks.length = 0;
      response.writeHead(503).end();
    };
    expect(await rig.deliver()).toMatchObject([{ ok: false, detail: "it was removed meanwhile (2 tries)" }]);
  });

  it("runs a program with the facts", async () => {
    const report = join(rig.folder, "report");
    rig.sinks.push({
      type: "command",
      id: "sink-1",
      label: "Sound",
      enabled: true,
      argv: [
        process.execPath,
        "-e",
        "require('fs').writeFileSync(process.argv[1], JSON.stringify(process.env))",
        report,
      ],
      timeoutSeconds: 60,
    });
    const outcomes = await rig.deliver(sampleAlert({ sourceLabel: "Größe; rm -rf ~ $(id)\n\u0007x" }));
    expect(outcomes).toEqual([{ sink: "sink-1", ok: true, detail: "ended with status 0" }]);
    const seen: Record<string, string> = JSON.parse(readFileSync(report, "utf8"));
    expect(seen).toMatchObject({
      PLIMSOLL_KIND: "percent-left",
      PLIMSOLL_SEVERITY: "warning",
      PLIMSOLL_SOURCE: "Größe; rm -rf ~ $(id) x",
      PLIMSOLL_METER: "Spend",
      PLIMSOLL_PERCENT: "15",
      PLIMSOLL_THRESHOLD: "20",
      PLIMSOLL_REMAINING: "6",
      PLIMSOLL_UNIT: "USD",
      PLIMSOLL_RESETS_AT: "2026-11-20T14:00:00.000Z",
      PLIMSOLL_COUNT: "1",
      PLIMSOLL_TEST: "0",
      PLIMSOLL_DAYS: "",
      PLIMSOLL_CAUSE: "",
    });
    expect(JSON.parse(seen["PLIMSOLL_JSON"] ?? "")).toMatchObject({ schemaVersion: 1, count: 1 });
  });
});

describe("a test", () => {
  it("is sent once, also through a sink that is switched off, and says what came of it", async () => {
    const webhook = await rig.addWebhook({ format: "json", enabled: false });
    expect(await rig.delivering.test(webhook, delivery(sampleAlert()))).toEqual({
      ok: true,
      detail: `200 from ${rig.server.origin}`,
    });
    expect(rig.got[0]?.body).toMatchObject({ test: true });
    rig.answer = (response) => {
      response.writeHead(500).end();
    };
    expect(await rig.delivering.test(webhook, delivery(sampleAlert()))).toMatchObject({ ok: false });
    expect(rig.got).toHaveLength(2);
  });
});

describe("at the end", () => {
  it("a delivery under way gets its chance", async () => {
    await rig.addWebhook();
    const gate = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    rig.answer = (response) => {
      arrived.resolve();
      void gate.promise.then(() => response.end());
    };
    const outcome = rig.delivering.deliver(delivery(sampleAlert()));
    await arrived.promise;
    const stopped = rig.delivering.stop();
    gate.resolve();
    await stopped;
    expect(await outcome).toMatchObject([{ ok: true }]);
    expect(rig.clock.pendingTimers()).toBe(0);
  });

  it("one that hangs is told as not delivered, and so is what comes after", async () => {
    await rig.addWebhook();
    const arrived = Promise.withResolvers<void>();
    rig.answer = () => arrived.resolve();
    const outcome = rig.delivering.deliver(delivery(sampleAlert()));
    await arrived.promise;
    const stopped = rig.delivering.stop();
    await rig.clock.advance(2_000);
    await stopped;
    const ended = [{ sink: "sink-1", ok: false, detail: "Plimsoll ended before it was delivered" }];
    expect(await outcome).toEqual(ended);
    expect(await rig.delivering.deliver(delivery(sampleAlert()))).toEqual(ended);
    expect(rig.got).toHaveLength(1);
  });
});
