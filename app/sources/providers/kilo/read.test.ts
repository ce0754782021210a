import { describe, expect, it } from "vitest";
import { describeFixtures } from "../../../../tests/scenarios/describe-fixtures.ts";
import { metersById, readAnswers } from "../../../../tests/scenarios/read-answers.ts";
import { register } from "../../register.ts";
import { kilo } from "./descriptor.ts";

const source = register(kilo);

describeFixtures(source, import.meta.url);

const answers = { "GET /api/profile/balance": { body: { balance: 8.42 } } };

describe("the Kilo reader", () => {
  it("asks for the user's own balance", async () => {
    const { outcome, requests } = await readAnswers(source, answers);
    expect(requests.map(({ headers }) => headers["x-kilocode-organizationid"])).toEqual([undefined]);
    expect(metersById(outcome).get("balance")).toMatchObject({ remaining: 8_420_000, scope: "user" });
  });

  it("asks for an organization's where one is named", async () => {
    const { outcome, requests } = await readAnswers(source, answers, { options: { organizationId: "org-1" } });
    expect(requests.map(({ headers }) => headers["x-kilocode-organizationid"])).toEqual(["org-1"]);
    expect(outcome).toMatchObject({
      reading: { meters: [{ scope: "organization" }], subjects: { organization: "org-1" } },
    });
  });

  it("refuses what cannot be an organization's id before it asks", async () => {
    const { outcome, requests } = await readAnswers(source, answers, { options: { organizationId: "a\nb" } });
    expect(outcome).toMatchObject({ cause: "invalid-options" });
    expect(requests).toEqual([]);
  });
});
