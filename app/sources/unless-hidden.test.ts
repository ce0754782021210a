import { expect, it } from "vitest";
import { failureCauseSchema, ReadError } from "../quota/failure.ts";
import { unlessHidden } from "./unless-hidden.ts";

const HIDDEN = ["key-refused", "key-lacks-permission", "not-found"];

it.each(failureCauseSchema.options)("%s", async (cause) => {
  const asked = unlessHidden(() => Promise.reject(new ReadError(cause)));
  if (HIDDEN.includes(cause)) await expect(asked).resolves.toBeNull();
  else await expect(asked).rejects.toMatchObject({ failure: { cause } });
});

it("gives what was told, takes further causes for hidden when asked to, and lets bugs be bugs", async () => {
  await expect(unlessHidden(async () => 7)).resolves.toBe(7);
  const large = () => Promise.reject(new ReadError("answer-too-large"));
  await expect(unlessHidden(large, ["answer-too-large"])).resolves.toBeNull();
  await expect(unlessHidden(() => Promise.reject(new TypeError("a bug")))).rejects.toThrow(TypeError);
});
