import type { CallInput, KeyInput, KindInfo, SentDraft, SourceDraft } from "../../../app/contract/contract.ts";
import type { OwnAlertRules } from "../../../app/settings/alert-settings.ts";
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
  /** What it warns of otherwise than all; null: as for all. */
  readonly alertRules: OwnAlertRules | null;
  /** Empty: none. */
  readonly group: string;
}

/** The form as it opens: empty, with what is known of the source, or with what is given for a new one. */
export function openingValues(
  config: SourceConfig | null,
  kinds: readonly KindInfo[],
  given: SentDraft | null = null,
): FormValues {
  if (config === null && given !== null) {
    const { key, kind } = given;
    return {
      ...openingValues(null, kinds),
      kind: kinds.some(({ id }) => id === kind) ? kind : (kinds[0]?.id ?? ""),
      label: given.label,
      baseUrl: given.baseUrl,
      allowPlainHttp: given.allowPlainHttp,
      keyFrom: key.type,
      options: given.options,
      ...(key.type === "env" && { envName: key.name }),
      ...(key.type === "file" && { filePath: key.path, filePointer: key.pointer }),
    };
  }
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
      alertRules: null,
      group: "",
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
    alertRules: config.alertRules,
    group: config.group ?? "",
  };
}

/** The values at another address. A yes to plain http was for the host that it was given for, and not for another. */
export function withAddress(values: FormValues, baseUrl: string): FormValues {
  const allowPlainHttp = values.allowPlainHttp && originOf(baseUrl) === originOf(values.baseUrl);
  return { ...values, baseUrl, allowPlainHttp };
}

/** The origin of an address as typed; null where it is none yet. */
export function originOf(address: string): string | null {
  const text = address.trim();
  return URL.canParse(text) ? new URL(text).origin : null;
}

/**
 * The values after another kind was picked: its usual address takes the place of none or of one of another kind's, so that the key
 * of one service does not go to the other.
 */
export function withKind(values: FormValues, kind: string, kinds: readonly KindInfo[]): FormValues {
  const picked = kinds.find((other) => other.id === kind);
  const address = withoutSlash(values.baseUrl);
  const isPlaceOf = (other: KindInfo) => placesOf(other).some((place) => withoutSlash(place) === address);
  const untouched = address === "" || kinds.some(isPlaceOf);
  const stays = !untouched || (picked !== undefined && isPlaceOf(picked));
  const moved = stays ? values : withAddress(values, picked?.defaultBaseUrl ?? "");
  return { ...moved, kind, secrets: {}, options: {} };
}

/** Where the service lives, for kinds with places of their own. */
export function placesOf({ defaultBaseUrl, otherBaseUrls }: KindInfo): readonly string[] {
  return [...(defaultBaseUrl === null ? [] : [defaultBaseUrl]), ...otherBaseUrls];
}

function withoutSlash(address: string): string {
  return address.trim().replace(/\/+$/, "");
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

/** Whether there is enough to try with: address, key, and the options that the kind cannot do without. */
export function isComplete(values: FormValues, kind: Pick<KindInfo, "optionFields"> | undefined = undefined): boolean {
  const missing = kind?.optionFields.some((field) => isMissing(values, field)) ?? false;
  return values.kind !== "" && values.baseUrl.trim() !== "" && hasKey(values) && !missing;
}

/** Whether an option that the kind cannot do without is not given yet. What has an editor of its own is judged there. */
export function isMissing(values: FormValues, { name, required, editor }: KindInfo["optionFields"][number]): boolean {
  return required === true && editor === undefined && optionText(values, name).trim() === "";
}

/** Whether a key is given, or said where it is. */
export function hasKey(values: FormValues): boolean {
  switch (values.keyFrom) {
    case "secret":
      return values.secret.trim() !== "";
    case "env":
      return values.envName.trim() !== "";
    case "file":
      return values.filePath.trim() !== "";
    case "keep":
      return true;
  }
}

/** What an edit changed besides the connection, as `sources.adjust` takes it; null when nothing. */
export function ownSettings(
  values: FormValues,
  before: Pick<SourceConfig, "intervalSeconds" | "thresholds" | "alertRules" | "group"> | null,
): Omit<CallInput<"sources.adjust">, "id"> | null {
  const interval = values.intervalSeconds !== (before?.intervalSeconds ?? null);
  const thresholds = JSON.stringify(values.thresholds) !== JSON.stringify(before?.thresholds ?? null);
  const rules = JSON.stringify(values.alertRules) !== JSON.stringify(before?.alertRules ?? null);
  const group = values.group.trim() !== (before?.group ?? "");
  if (!interval && !thresholds && !rules && !group) return null;
  return {
    ...(interval && { intervalSeconds: values.intervalSeconds }),
    ...(thresholds && { thresholds: values.thresholds === null ? null : [...values.thresholds] }),
    ...(rules && { alertRules: values.alertRules }),
    ...(group && { group: values.group.trim() === "" ? null : values.group.trim() }),
  };
}
