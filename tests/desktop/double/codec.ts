/** A value on its way between two worlds. Functions travel as numbers. */
export type Coded =
  | { readonly t: "undefined" }
  | { readonly t: "plain"; readonly v: string | number | boolean | null }
  | { readonly t: "array"; readonly v: readonly Coded[] }
  | { readonly t: "object"; readonly v: readonly (readonly [string, Coded])[] }
  | { readonly t: "function"; readonly v: number }
  | { readonly t: "promise" };

export interface Codec {
  encode(value: unknown): Coded;
  decode(coded: Coded): unknown;
}

/**
 * Turns values into what JSON carries and back; refuses what Electron's bridges refuse. `hold` gives a function its number,
 * `reach` makes one that stands for the other world's. It is also sent into pages as text, so it names nothing outside.
 */
export function makeCodec(
  hold: (fn: (...given: unknown[]) => unknown) => number,
  reach: (fn: number) => (...given: unknown[]) => unknown,
): Codec {
  const encode = (value: unknown): Coded => {
    switch (typeof value) {
      case "undefined":
        return { t: "undefined" };
      case "string":
      case "number":
      case "boolean":
        return { t: "plain", v: value };
      case "function":
        return { t: "function", v: hold((...given) => Reflect.apply(value, undefined, given)) };
      default:
    }
    if (value === null) return { t: "plain", v: null };
    if (Array.isArray(value)) return { t: "array", v: value.map(encode) };
    if (
      typeof value === "object" &&
      [null, "Object"].includes(Object.getPrototypeOf(value)?.constructor.name ?? null)
    ) {
      return { t: "object", v: Object.entries(value).map(([key, item]) => [key, encode(item)] as const) };
    }
    throw new TypeError("An object could not be cloned.");
  };
  const decode = (coded: Coded): unknown => {
    switch (coded.t) {
      case "undefined":
      case "promise":
        return undefined;
      case "plain":
        return coded.v;
      case "array":
        return coded.v.map(decode);
      case "object":
        return Object.fromEntries(coded.v.map(([key, item]) => [key, decode(item)]));
      case "function":
        return reach(coded.v);
    }
  };
  return { encode, decode };
}
