import type { KeyInput, KindInfo, SourceDraft } from "../../../app/contract/contract.ts";
import type { SourceConfig } from "../../../app/settings/schema.ts";

/** What the form holds. `secret` is what was typed, and nothing else: a saved key never comes back to the page. */
export interface FormValues {
  readonly kind: string;
  readonly label: string;
  readonly baseUrl: string;
  readonly allowPlainHttp: boolean;
  readonly keyFrom: KeyInput["type"];
  readonly secret: string;
  readonly envName: string;
  readonly filePath: string;
  readonly filePointer: string;
  /** Further secrets by name, for kinds that send more than one. */
  readonly secrets: SourceDraft["secrets"];
  readonly options: Readonly<Record<string, unknown>>;
  readonly intervalSeconds: number | null;
  readonly thresholds: readonly number[] | null;
}

/** The form as it opens: empty, or with what is known of the source. */
export function openingValues(config: SourceConfig | null, kinds: readonly KindInfo[]): FormValues {
  if (config === null) {
    const kind = kinds[0];
    return {
      kind: kind?.id ?? "",
      label: "",
      baseUrl: kind?.defaultBaseUrl ?? "",
      allowPlainHttp: false,
      keyFrom: "secret",
      secret: "",
      envName: "",
      filePath: "",
      filePointer: "",
      secrets: {},
      options: {},
      intervalSeconds: null,
      thresholds: null,
    };
  }
  return {
    kind: config.kind,
    label: config.label,
    baseUrl: config.baseUrl,
    allowPlainHttp: config.allowPlainHttp,
    keyFrom: "keep",
    secret: "",
    envName: config.credential.type === "env" ? config.credential.name : "",
    filePath: config.credential.type === "file" ? config.credential.path : "",
    filePointer: config.credential.type === "file" ? config.credential.pointer : "",
    secrets: Object.fromEntries(Object.keys(config.secrets).map((name) => [name, { type: "keep" }])),
    options: config.options,
    intervalSeconds: config.intervalSeconds,
    thresholds: config.thresholds,
  };
}

/** The values after another kind was picked: its usual address takes the place of none or of another kind's. */
export function withKind(values: FormValues, kind: string, kinds: readonly KindInfo[]): FormValues {
  const usual = kinds.find((other) => other.id === kind)?.defaultBaseUrl ?? "";
  const untouched = values.baseUrl === "" || kinds.some((other) => other.defaultBaseUrl === values.baseUrl);
  return { ...values, kind, baseUrl: untouched ? usual : values.baseUrl, secrets: {}, options: {} };
}

/** An option as typed; empty means not given. */
export function withOption(values: FormValues, name: string, text: string): FormValues {
  const { [name]: _before, ...others } = values.options;
  return { ...values, options: text === "" ? others : { ...others, [name]: text } };
}

export function optionText(values: FormValues, name: string): string {
  const value = values.options[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

export function toDraft(values: FormValues, id: string | null): SourceDraft {
  return {
    id,
    kind: values.kind,
    label: values.label.trim(),
    baseUrl: values.baseUrl.trim(),
    allowPlainHttp: values.allowPlainHttp,
    key: keyOf(values),
    secrets: values.secrets,
    options: values.options,
  };
}

/** The key as the host takes it. */
export function keyOf(values: FormValues): KeyInput {
  switch (values.keyFrom) {
    case "secret":
      return { type: "secret", secret: values.secret.trim() };
    case "env":
      return { type: "env", name: values.envName.trim() };
    case "file":
      return { type: "file", path: values.filePath.trim(), pointer: values.filePointer.trim() };
    case "keep":
      return { type: "keep" };
  }
}

/** All that a test depends on: two drafts with the same print would be tested alike. The name does not matter. */
export function connectionPrint(draft: SourceDraft): string {
  const { kind, baseUrl, allowPlainHttp, key, secrets, options } = draft;
  return JSON.stringify([kind, baseUrl, allowPlainHttp, key, secrets, options]);
}

/** Whether there is enough to try with. */
export function isComplete(values: FormValues): boolean {
  return values.kind !== "" && values.baseUrl.trim() !== "" && hasKey(values);
}

/** Whether a key is given, or said where it is. */
export function hasKey(values: FormValues): boolean {
  switch (values.keyFrom) {
    case "secret":
      return values.secret.trim() !== "";
    case "env":
      return values.envName.trim() !== "";
    case "file":
      return values.filePath.trim() !== "" && values.filePointer.trim() !== "";
    case "keep":
      return true;
  }
}

/** What an edit changed besides the connection, as `sources.adjust` takes it; null when nothing. */
export function ownSettings(
  values: FormValues,
  before: Pick<SourceConfig, "intervalSeconds" | "thresholds"> | null,
): { intervalSeconds?: number | null; thresholds?: number[] | null } | null {
  const interval = values.intervalSeconds !== (before?.intervalSeconds ?? null);
  const thresholds = JSON.stringify(values.thresholds) !== JSON.stringify(before?.thresholds ?? null);
  if (!interval && !thresholds) return null;
  return {
    ...(interval && { intervalSeconds: values.intervalSeconds }),
    ...(thresholds && { thresholds: values.thresholds === null ? null : [...values.thresholds] }),
  };
}
