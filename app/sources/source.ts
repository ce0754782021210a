import type * as z from "zod";
import type { FailureCause } from "../quota/failure.ts";
import type { Reading } from "../quota/reading.ts";
import type { Fingerprint } from "./probe/fingerprint.ts";

/**
 * How sure we are of a source's interface: DOC official documentation, SRC the vendor's code, RE reverse-engineered,
 * RE* reverse-engineered and accounts disagree or part of the shape is guessed.
 */
export type InterfaceConfidence = "DOC" | "SRC" | "RE" | "RE*";

/** Where a secret goes in a request. `secret` names one of the source's further secrets; left out, it is the key itself. */
export interface SecretPlacement {
  readonly header: string;
  /** Stands before the secret: "Bearer ". */
  readonly prefix: string;
  readonly secret?: string;
}

/** A field of a source's options that the faces offer as a form. Labels and hints are message keys. */
export interface OptionField {
  readonly name: string;
  readonly labelKey: string;
  readonly hintKey: string;
  readonly placeholder: string;
  /** The only values there are; the first is what an empty field means. */
  readonly choices?: readonly string[];
  readonly required?: boolean;
  /** `mapping`: not a text but a whole definition, for which faces have an editor of its own. */
  readonly editor?: "mapping";
}

/** A file in which a vendor's own tool keeps a token. It is read at each poll, never written, and its token never renewed. */
export interface ToolFile {
  /** The tool's name for people: "Codex CLI". */
  readonly tool: string;
  /** Where to look, in order: "~/…", "$VARIABLE/…" (skipped where the variable is not set), "%LOCALAPPDATA%\…". */
  readonly paths: readonly string[];
  /**
   * JSON pointer (RFC 6901) to the token. A segment "*" stands for each member, "github.com:*" for each whose name begins so; they
   * are resolved when a scan finds the file.
   */
  readonly pointer: string;
  /**
   * The address that a token of this place belongs to, where it is not the service's default: one of its regions, or, with "*" for
   * the host that the member's name begins with ("acme.ghe.com:<app>"), the one that the member names. It goes nowhere else.
   */
  readonly home?: string;
  /** Further texts of the file that reading needs (an account id), by name; no secrets. */
  readonly facts?: Readonly<Record<string, string>>;
  /** Where the file says until when the token is good. */
  readonly expires?: { readonly pointer: string; readonly unit: "seconds" | "milliseconds" | "iso" };
}

/** Where a key for this kind may already lie on the user's computer. Only looked at when the user asks for a scan. */
export interface KnownPlaces {
  /** Environment variables, the usual one first. */
  readonly env?: readonly string[];
  readonly files?: readonly ToolFile[];
  /** Options that a key found here needs, where an address given by hand could tell them instead. */
  readonly needsOptions?: readonly string[];
  /** Beginnings of keys that lie at these places as well although this service refuses them, and what takes them. */
  readonly otherKeys?: Readonly<Record<string, string>>;
}

/** By what the probe knows this kind. */
export interface Recognition {
  /** Host names that are this service and no other: "openrouter.ai", "*.example.com". */
  readonly hosts?: readonly string[];
  /** Beginnings of keys that only this kind gives out. */
  readonly keyPrefixes?: readonly string[];
  /** Fits almost any address, so it is asked after all others that are likely at all. */
  readonly lastResort?: boolean;
  /** What to ask and how to read the answer, for addresses that do not tell; absent where the host alone decides. */
  readonly load?: () => Promise<Fingerprint>;
}

/** What an answer means before its body is read as figures. `body` is undefined where it is no JSON. */
export interface JudgedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A cause that a reader saw in an answer; the detail is one plain clause that quotes nothing of it. */
export interface Verdict {
  readonly cause: FailureCause;
  readonly detail?: string;
}

export interface RequestOptions {
  /** Added to the path; never shown in the trace. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Without secrets. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where secrets go, instead of where the descriptor says; an empty list sends none. */
  readonly secrets?: readonly SecretPlacement[];
  /**
   * Sees every answer that is no page before the common policy does: for errors inside a 200 and for codes that only this
   * service gives. Null leaves it to the common policy.
   */
  readonly judge?: (answer: JudgedAnswer) => Verdict | null;
}

/** An answer with its headers (names in lower case). */
export interface Answered<T> {
  readonly value: T;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a source reads through. All requests go to the configured base URL with the source's key, and are traced. */
export interface ReadContext {
  /** Epoch milliseconds at the start of the poll. */
  readonly now: number;
  /** The configured address, without trailing slash, and without the descriptor's `apiPaths`. */
  readonly baseUrl: string;
  /** What the file with the key says besides it, by the names of `ToolFile.facts`. Empty for other keys. */
  readonly facts: Readonly<Record<string, string>>;
  /**
   * GETs a path below the base URL and parses its JSON against the schema.
   * Throws ReadError with a named cause: for transport failures, for HTTP errors by the common policy (quota-apis C.4),
   * for HTML, empty or malformed bodies, and where the schema does not fit (detail names the field).
   */
  getJson<T>(path: string, schema: z.ZodType<T>, options?: RequestOptions): Promise<T>;
  /** As getJson, with the answer's headers. */
  getAnswer<T>(path: string, schema: z.ZodType<T>, options?: RequestOptions): Promise<Answered<T>>;
  /** GETs a path for its headers alone: any body will do, and a 429 is an answer, too. Throws ReadError as getJson does. */
  getHeaders(path: string, options?: RequestOptions): Promise<Omit<Answered<never>, "value">>;
  /** POSTs JSON and reads JSON. Only for descriptors that say `allowsPost`: reading must never change anything. */
  postJson<T>(path: string, body: unknown, schema: z.ZodType<T>, options?: RequestOptions): Promise<T>;
}

/** One kind of gateway or provider. Everything that the rest of the app knows of it is here. */
export interface SourceDescriptor<Options = unknown> {
  /** Stable: used in settings, JSON and `--kind`. */
  readonly id: string;
  readonly name: string;
  readonly group: "gateway" | "provider";
  /** Where the service lives when there is only one place; null when the user has to say. */
  readonly defaultBaseUrl: string | null;
  /** Further places of the same service (regions), offered beside the default. */
  readonly otherBaseUrls?: readonly string[];
  /**
   * Ends of addresses that people paste although they belong to the inference API ("/v1"): cut off, the longest first, so that
   * paths begin where the service's own documentation begins them.
   */
  readonly apiPaths?: readonly string[];
  readonly confidence: InterfaceConfidence;
  /** What is read, as one short clause: "key limit, account balance, free-model requests". */
  readonly reads: string;
  /** Which key it takes, as one short clause: "an inference key (sk-or-v1-…)". */
  readonly keyNote: string;
  /** Never polled faster than this, whatever the settings say. */
  readonly minIntervalSeconds: number;
  readonly auth: SecretPlacement;
  /** Its documented way to read is a POST that changes nothing. */
  readonly allowsPost?: boolean;
  /** Or how to load it, where it needs more than every start should pay for. */
  readonly optionsSchema: z.ZodType<Options> | (() => Promise<z.ZodType<Options>>);
  readonly optionFields: readonly OptionField[];
  readonly known?: KnownPlaces;
  readonly recognition?: Recognition;
  /** Loads the reader when it is first needed. */
  readonly load: () => Promise<(context: ReadContext, options: Options) => Promise<Reading>>;
}

/** Erases the options type for the registry while keeping parse and read tied together. */
export interface RegisteredSource extends Omit<SourceDescriptor, "optionsSchema" | "load"> {
  /**
   * Parses the options and returns a reader for them.
   * Throws ReadError "invalid-options" naming the field.
   */
  prepare(options: unknown): Promise<(context: ReadContext) => Promise<Reading>>;
}
