import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import * as z from "zod";
import { type NeutralGateway, startNeutralGateway } from "../../tests/fault-gateway/neutral-gateway.ts";
import { httpServer, type TestServer } from "../../tests/support/servers.ts";
import { doctor } from "./doctor.ts";
import { addSource } from "./source.ts";

const KEY = "sk-spare-0123456789abcdef";
const folder = mkdtempSync(join(tmpdir(), "plimsoll-spare-"));
let ill: TestServer;
let well: NeutralGateway;

beforeAll(async () => {
  ill = await httpServer((_request, response) => {
    response.writeHead(502).end();
  });
  well = await startNeutralGateway(KEY);
  vi.stubEnv("SPARE_TEST_KEY", KEY);
  vi.stubEnv("PLIMSOLL_KEYRING", "off");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([ill.close(), well.close()]);
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => void vi.restoreAllMocks());

async function printed(run: () => Promise<number>): Promise<{ out: string; exitCode: number }> {
  let out = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const exitCode = await run();
  return { out, exitCode };
}

it("reads a gateway at its spare address, and doctor says so, and when it would be read again", async () => {
  const profile = join(folder, "profile");
  const added = await printed(() =>
    addSource({
      profile,
      kind: "neutral",
      label: "Lab",
      url: ill.origin,
      spareUrl: [well.origin],
      keyEnv: "SPARE_TEST_KEY",
    }),
  );
  expect(added.exitCode).toBe(0);

  const { out } = await printed(() => doctor({ profile }));
  expect(out).toContain(`spare: ${well.origin}\n  answered by ${well.origin}\n`);
  expect(out).toMatch(/ {2}a Plimsoll that runs would read it again at \d.* \(usual interval\)/);
  expect(out).not.toContain(KEY);
  expect(ill.seen).toHaveLength(1);
  expect(ill.seen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);

  const facts = z
    .object({
      sources: z.array(
        z.object({
          servedBy: z.string(),
          nextDueAt: z.number(),
          dueReason: z.string(),
          trace: z.array(z.object({ status: z.number(), problem: z.string().nullable() })),
        }),
      ),
    })
    .parse(JSON.parse((await printed(() => doctor({ profile, json: true }))).out));
  expect(facts.sources).toMatchObject([
    {
      servedBy: well.origin,
      dueReason: "interval",
      trace: [{ problem: "server-error" }, { status: 200, problem: null }],
    },
  ]);
  expect((facts.sources[0]?.nextDueAt ?? 0) - Date.now()).toBeGreaterThan(4 * 60_000);
});

it("refuses a spare address that no key may be sent to", async () => {
  let err = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    return true;
  });
  const profile = join(folder, "other");
  const { exitCode } = await printed(() =>
    addSource({
      profile,
      kind: "neutral",
      url: well.origin,
      spareUrl: ["http://spare.example.net"],
      keyEnv: "SPARE_TEST_KEY",
    }),
  );
  expect(exitCode).toBe(2);
  expect(err).toContain("spare address 1: plain http to another computer was not allowed");
});
