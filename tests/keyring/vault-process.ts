// One process of a host that uses the vault. Arguments: the steps, as JSON; prints their results as JSON, without the keys.
import * as z from "zod";
import { createKeyringVault } from "../../main/host/keyring-vault.ts";
import { createRedactor } from "../../main/host/redactor.ts";

const stepSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("status") }),
  z.object({ do: z.literal("get"), id: z.string(), origin: z.string() }),
  z.object({ do: z.literal("set"), id: z.string(), origin: z.string(), secret: z.string() }),
  z.object({ do: z.literal("delete"), id: z.string() }),
]);

export type VaultStep = z.infer<typeof stepSchema>;

const steps = z.array(stepSchema).parse(JSON.parse(process.argv[2] ?? "[]"));
const vault = createKeyringVault({ redactor: createRedactor(), timeoutMs: 8000 });
const results: unknown[] = [];
for (const step of steps) {
  try {
    results.push((await perform(step)) ?? "done");
  } catch (error) {
    results.push({ error: error instanceof Error ? error.message : "unknown" });
  }
}
process.stdout.write(JSON.stringify(results));

async function perform(step: VaultStep): Promise<unknown> {
  switch (step.do) {
    case "status":
      return vault.status();
    case "get":
      return vault.get(step.id, step.origin);
    case "set":
      return vault.set(step.id, step.origin, step.secret);
    case "delete":
      return vault.delete(step.id);
  }
}
