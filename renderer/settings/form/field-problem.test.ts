import { describe, expect, it } from "vitest";
import type { UiError } from "../../bridge/ui-bridge.ts";
import { createWords } from "../../words.tsx";
import { fieldOf, fieldProblem, missingSecret, optionProblem, withOptionLabel } from "./field-problem.ts";

const { t } = createWords("en");
const field = (name: string, labelKey = "option.project-id.label") => ({
  name,
  labelKey,
  hintKey: "",
  placeholder: "",
});
const fields = [field("projectId"), field("accountId", "option.account-id.label")];
const wrong = (detail: string | null): UiError => ({ code: "invalid-options", detail });

describe("an option that is wrong", () => {
  it("is marked alone, in words without its internal name", () => {
    const error = wrong("projectId: not a text");
    expect(fields.map((one) => optionProblem(error, one, t))).toEqual(["Not accepted: not a text.", null]);
    expect(fieldOf(error, fields)).toBe("option");
  });

  it("concerns the whole where no field is shown for it", () => {
    expect(fieldOf(wrong("projectId: not a text"), [])).toBeNull();
    expect(fieldOf(wrong("there is no option x"), fields)).toBeNull();
    expect(fieldOf(wrong(null), fields)).toBeNull();
  });

  it("is called as its field is", () => {
    expect(withOptionLabel({ detail: "accountId: missing" }, fields, t)).toEqual({ detail: "Account ID: missing" });
    expect(withOptionLabel({ detail: "HTTP 404" }, fields, t)).toEqual({ detail: "HTTP 404" });
  });
});

describe("a key that is needed", () => {
  it("is the source's own unless a further secret is named", () => {
    const own: UiError = { code: "key-required", detail: null };
    const further: UiError = { code: "key-required", detail: "x-team" };
    expect([fieldOf(own, []), missingSecret(own)]).toEqual(["key", null]);
    expect([fieldOf(further, []), missingSecret(further)]).toEqual(["secret", "x-team"]);
    expect(fieldProblem(own, "key", t)).toContain("A key is needed");
    expect(fieldProblem(further, "key", t)).toBeNull();
  });
});
