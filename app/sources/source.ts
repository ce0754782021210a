import type * as z from "zod";
import type { Reading } from "../quota/reading.ts";

/** How sure we are of a source's interface: DOC official documentation, SRC the vendor's code, RE reverse-engineered. */
export type InterfaceConfidence = "DOC" | "SRC" | "RE";

/** A field of a source's options that the faces offer as a form. Labels and hints are message keys. */
export interface OptionField {
  readonly name: string;
  readonly labelKey: string;
  readonly hintKey: string;
  readonly placeholder: string;
}

/** What a source reads through. All requests go to the configured base URL with the source's key, and are traced. */
export interface ReadContext {
  /** Epoch milliseconds at the start of the poll. */
  readonly now: number;
  /** The configured address, without trailing slash: some people give it with the API's prefix, some without. */
  readonly baseUrl: string;
  /**
   * GETs a path below the base URL and parses its JSON against the schema.
   * Throws ReadError with a named cause: for transport failures, for HTTP errors by the common policy (quota-apis C.4),
   * for HTML, empty or malformed bodies, and where the schema does not fit (detail names the field).
   */
  getJson<T>(path: string, schema: z.ZodType<T>): Promise<T>;
}

/** One kind of gateway or provider. Everything that the rest of the app knows of it is here. */
export interface SourceDescriptor<Options = unknown> {
  /** Stable: used in settings, JSON and `--kind`. */
  readonly id: string;
  readonly name: string;
  readonly group: "gateway" | "provider";
  /** Where the service lives when there is only one place; null when the user has to say. */
  readonly defaultBaseUrl: string | null;
  readonly confidence: InterfaceConfidence;
  /** Never polled faster than this, whatever the settings say. */
  readonly minIntervalSeconds: number;
  readonly auth: { readonly header: string; readonly prefix: string };
  readonly optionsSchema: z.ZodType<Options>;
  readonly optionFields: readonly OptionField[];
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
