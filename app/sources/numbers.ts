import * as z from "zod";
import { type Amount, LARGEST_EXACT, MICROS_PER_UNIT, toMicros } from "../quota/amount.ts";

/**
 * Gateways send figures as numbers or as decimal strings ("11.75"), never with separators. Services in Python write small ones with
 * an exponent ("1.2e-07"); none needs more than two digits of it.
 */
const PLAIN_DECIMAL = /^-?\d{1,30}(\.\d{1,30})?(e[+-]?\d{1,2})?$/i;

type Figure = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly problem: string };
type Sign = "signed" | "non-negative";

function readFigure(value: unknown): Figure {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? { ok: true, value } : { ok: false, problem: "not a finite number" };
    case "string":
      return PLAIN_DECIMAL.test(value)
        ? { ok: true, value: Number(value) }
        : { ok: false, problem: "a text that is not a number" };
    case "undefined":
      return { ok: false, problem: "missing" };
    default:
      return { ok: false, problem: "not a number" };
  }
}

/** Rounded to a whole number, halves away from zero; null beyond the exact range. */
function toWhole(value: number): number | null {
  const whole = Math.sign(value) * Math.round(Math.abs(value)) + 0;
  return Math.abs(whole) <= LARGEST_EXACT ? whole : null;
}

/** Kept to the millionth, which is finer than any service counts; null beyond the exact range. */
function toMillionth(value: number): number | null {
  const micros = toMicros(value);
  return micros === null ? null : micros / MICROS_PER_UNIT;
}

/** A negative `partsPerUnit` says that the service counts the other way round. */
function figure(convert: (value: number) => number | null, sign: Sign, partsPerUnit = 1): z.ZodType<number> {
  return z.unknown().transform((input, context) => {
    const read = readFigure(input);
    const complain = (message: string) => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    if (!read.ok) return complain(read.problem);
    if (sign === "non-negative" && read.value * Math.sign(partsPerUnit) < 0)
      return complain("negative, which it cannot be");
    const value = convert(read.value);
    return value === null ? complain("too large to be true") : value;
  });
}

/** A number of tokens or requests, whole (fractions are rounded), not negative. */
export const count = figure(toWhole, "non-negative");

/** A number of tokens or requests that may be overdrawn. */
export const signedCount = figure(toWhole, "signed");

/** Credits, points, hours, units: a number that may have decimals, not negative. */
export const decimal = figure(toMillionth, "non-negative");

/** Credits, points, hours, units that may be overdrawn or refunded. */
export const signedDecimal = figure(toMillionth, "signed");

/** Money in major units (dollars), read into integer micros, not negative. */
export const money = figure(toMicros, "non-negative");

/** Money in major units that may be overdrawn, read into integer micros. */
export const signedMoney = figure(toMicros, "signed");

/**
 * Money that a service sends in parts of the major unit, read into integer micros: `moneyIn(100)` reads cents,
 * `moneyIn(10_000)` ten-thousandths, `moneyIn(1_000_000)` micros.
 */
export function moneyIn(partsPerUnit: number, sign: Sign = "non-negative"): z.ZodType<number> {
  return figure((value) => toMicros(value / partsPerUnit), sign, partsPerUnit);
}

/** A number of tokens or requests that a service sends in other units: `countIn(0.001)` reads thousands. */
export function countIn(partsPerUnit: number, sign: Sign = "non-negative"): z.ZodType<number> {
  return figure((value) => toWhole(value / partsPerUnit), sign, partsPerUnit);
}

/** Credits, points, hours, units, percent that a service sends in other units: `decimalIn(0.01)` reads a fraction into percent. */
export function decimalIn(partsPerUnit: number, sign: Sign = "non-negative"): z.ZodType<number> {
  return figure((value) => toMillionth(value / partsPerUnit), sign, partsPerUnit);
}

/** Percent as services send it from 0 to 100; above 100 when overdrawn. */
export const percent = figure(toMillionth, "non-negative");

/** Percent that is left: negative when overdrawn. */
export const signedPercent = figure(toMillionth, "signed");

/** A fraction (0.27) read into percent (27). */
export const fraction = figure((value) => toMillionth(value * 100), "non-negative");

/** A limit: null means that there is none, absent means that it is not told. */
export function limitOf(schema: z.ZodType<number>): z.ZodType<Amount> {
  return schema.nullish().transform((value) => (value === null ? "unlimited" : (value ?? "unknown")));
}

/** A figure that may be left out: null or absent is unknown, never 0. */
export function ifTold(schema: z.ZodType<number>): z.ZodType<number | "unknown"> {
  return schema.nullish().transform((value) => value ?? "unknown");
}
