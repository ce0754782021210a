import * as z from "zod";
import { runCli } from "./plimsoll-cli.ts";
import { expect, test } from "./product-test.ts";

test("several commands at once lose nothing of each other", async ({ product }) => {
  const labels = ["one", "two", "three", "four", "five"];
  const added = await Promise.all(
    labels.map((label) => {
      const address = ["--kind", "neutral", "--url", "https://llm.example.org", "--key-env", "SOME_KEY"];
      return runCli(["source", "add", ...address, "--label", label, "--profile", product.profile], product.environment);
    }),
  );
  expect(added.map(({ code, stderr }) => [code, stderr])).toEqual(labels.map(() => [0, ""]));
  const list = await runCli(["source", "list", "--json", "--profile", product.profile], product.environment);
  const saved = z.array(z.object({ label: z.string() })).parse(JSON.parse(list.stdout));
  expect(saved.map(({ label }) => label).toSorted()).toEqual(labels.toSorted());
});
