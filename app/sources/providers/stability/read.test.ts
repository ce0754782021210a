import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { register } from "../../register.ts";
import { stability } from "./descriptor.ts";

const source = register(stability);

describeFixtures(source, import.meta.url);

describe("the Stability reader", () => {
  it("reads credits as credits, not as money", async () => {
    const { outcome } = await readAnswers(source, { "GET /v1/user/balance": { body: { credits: 128.63 } } });
    expect(metersById(outcome).get("balance")).toMatchObject({ unit: { kind: "credits" }, remaining: 128.63 });
  });

  it.each([
    [401, "key-refused"],
    [500, "server-error"],
  ])("names the cause of %d", async (status, cause) => {
    const body = { id: "e-1", name: "error", message: "no" };
    expect((await readAnswers(source, { "GET /v1/user/balance": { status, body } })).outcome).toMatchObject({ cause });
  });
});
