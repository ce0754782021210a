import { describe, expect, it } from "vitest";
import { type KindInfo, sourceDraftSchema } from "../../../app/contract/contract.ts";
import { SOURCE_DEFAULTS, type SourceConfig } from "../../../app/settings/schema.ts";
import {
  connectionPrint,
  type FormValues,
  isComplete,
  openingValues,
  optionText,
  ownSettings,
  toDraft,
  withAddress,
  withKind,
  withOption,
} from "./draft.ts";

const kind = (id: string, defaultBaseUrl: string | null): KindInfo => ({
  id,
  name: id,
  group: "gateway",
  defaultBaseUrl,
  otherBaseUrls: [],
  reads: "quota",
  keyNote: "a key",
  minIntervalSeconds: 60,
  optionFields: [],
});
const kinds = [kind("neutral", null), kind("fixed", "https://fixed.example")];
const config: SourceConfig = {
  id: "one",
  kind: "neutral",
  label: "One",
  baseUrl: "https://llm.example.org",
  allowPlainHttp: false,
  credential: { type: "env", name: "ONE_KEY" },
  secrets: {},
  options: { quotaPath: "/q", kept: true },
  ...SOURCE_DEFAULTS,
  intervalSeconds: 600,
  thresholds: [30],
};
const empty = openingValues(null, kinds);
const filled: FormValues = { ...empty, baseUrl: " https://llm.example.org ", secret: " sk-1\n", label: " One " };

describe("the form's values", () => {
  it("become a draft that the contract takes, without the blanks around", () => {
    const draft = toDraft(filled, null);
    expect(sourceDraftSchema.parse(draft)).toEqual(draft);
    expect(draft).toMatchObject({
      id: null,
      label: "One",
      baseUrl: "https://llm.example.org",
      key: { type: "secret", secret: "sk-1" },
    });
  });

  it("keep what an existing source has, and its key where it is", () => {
    const draft = toDraft(openingValues(config, kinds), "one");
    expect(draft).toMatchObject({ id: "one", kind: "neutral", key: { type: "keep" }, options: config.options });
  });

  it("take the usual address of a kind only in place of none or of another usual one", () => {
    const picked = withKind(empty, "fixed", kinds);
    expect(picked.baseUrl).toBe("https://fixed.example");
    expect(withKind(picked, "neutral", kinds).baseUrl).toBe("");
    expect(withKind({ ...empty, baseUrl: "https://mine.example" }, "fixed", kinds).baseUrl).toBe(
      "https://mine.example",
    );
  });

  it("leave the other place of one service behind for the next, and keep one that both have", () => {
    const [first, second] = [kind("first", "https://first.example"), kind("second", "https://second.example")];
    const all = [
      { ...first, otherBaseUrls: ["https://eu.first.example", "https://shared.example"] },
      { ...second, otherBaseUrls: ["https://shared.example"] },
    ];
    const at = (baseUrl: string) => withKind({ ...empty, baseUrl }, "second", all).baseUrl;
    expect(at("https://eu.first.example/")).toBe("https://second.example");
    expect(at("https://shared.example")).toBe("https://shared.example");
    expect(at("https://mine.example")).toBe("https://mine.example");
  });

  it("take a yes to plain http to no other origin", () => {
    const agreed = { ...empty, baseUrl: "http://llm.example.org", allowPlainHttp: true };
    expect(withAddress(agreed, " http://llm.example.org/v1 ").allowPlainHttp).toBe(true);
    for (const other of [
      "http://llm.example.org:8080",
      "https://llm.example.org",
      "http://llm.example.com",
      "",
      "llm",
    ]) {
      expect(withAddress(agreed, other).allowPlainHttp, other).toBe(false);
    }
    expect(withKind({ ...agreed, baseUrl: "https://fixed.example" }, "neutral", kinds).allowPlainHttp).toBe(false);
  });

  it("begin with what is given of a new source", () => {
    const key = { type: "file" as const, path: "~/.tool/auth.json", pointer: "/key" };
    const given = { ...toDraft(filled, null), kind: "fixed", key, options: { team: "a" } };
    expect(toDraft(openingValues(null, kinds, given), null)).toMatchObject({
      kind: "fixed",
      key,
      options: { team: "a" },
    });
    expect(openingValues(null, kinds, { ...given, kind: "" }).kind).toBe("neutral");
  });

  it("are not complete without an option that the kind needs", () => {
    const field = { name: "teamId", labelKey: "", hintKey: "", placeholder: "", required: true };
    const optionFields = [field, { ...field, name: "definition", editor: "mapping" as const }];
    expect(isComplete(filled, { optionFields })).toBe(false);
    expect(isComplete(withOption(filled, "teamId", "t-1"), { optionFields })).toBe(true);
  });

  it("hold options as typed, and none for an empty field", () => {
    const typed = withOption(empty, "quotaPath", "/x");
    expect(optionText(typed, "quotaPath")).toBe("/x");
    expect(withOption(typed, "quotaPath", "").options).toEqual({});
    expect(optionText({ ...empty, options: { odd: { a: 1 } } }, "odd")).toBe("");
  });

  it.each<[string, Partial<FormValues>, boolean]>([
    ["nothing", { baseUrl: "", secret: "" }, false],
    ["an address alone", { secret: "  " }, false],
    ["a key alone", { baseUrl: " " }, false],
    ["address and key", {}, true],
    ["address and variable", { keyFrom: "env", secret: "", envName: "X" }, true],
    ["address and no variable", { keyFrom: "env", envName: "" }, false],
    ["address and the kept key", { keyFrom: "keep", secret: "" }, true],
  ])("with %s", (_what, change, expected) => {
    expect(isComplete({ ...filled, ...change })).toBe(expected);
  });
});

describe("connectionPrint", () => {
  const print = (change: Partial<FormValues>) => connectionPrint(toDraft({ ...filled, ...change }, null));

  it("does not change with the name, the interval or the thresholds", () => {
    expect(print({ label: "Other", intervalSeconds: 60, thresholds: [5] })).toBe(print({}));
  });

  it.each<[keyof FormValues, Partial<FormValues>]>([
    ["kind", { kind: "fixed" }],
    ["baseUrl", { baseUrl: "https://other.example" }],
    ["allowPlainHttp", { allowPlainHttp: true }],
    ["secret", { secret: "sk-2" }],
    ["keyFrom", { keyFrom: "keep" }],
    ["options", { options: { quotaPath: "/x" } }],
  ])("changes with %s", (_field, change) => {
    expect(print(change)).not.toBe(print({}));
  });
});

describe("ownSettings", () => {
  const opened = openingValues(config, kinds);

  it("is null when nothing of it changed", () => {
    expect(ownSettings(opened, config)).toBeNull();
    expect(ownSettings(empty, null)).toBeNull();
  });

  it("names only what changed, back to the general ones, too", () => {
    expect(ownSettings({ ...opened, intervalSeconds: null }, config)).toEqual({ intervalSeconds: null });
    expect(ownSettings({ ...opened, thresholds: null }, config)).toEqual({ thresholds: null });
    expect(ownSettings({ ...empty, thresholds: [40, 10] }, null)).toEqual({ thresholds: [40, 10] });
  });
});
