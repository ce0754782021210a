import type * as z from "zod";

/** A call from the UI that is answered. */
export interface InvokeSpec<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly type: "invoke";
  readonly input: I;
  readonly output: O;
}

/** A message that the host sends to the UI. */
export interface PushSpec<V extends z.ZodType = z.ZodType> {
  readonly type: "push";
  readonly value: V;
}

export type ContractShape = Readonly<Record<string, Readonly<Record<string, InvokeSpec | PushSpec>>>>;

export function invoke<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): InvokeSpec<I, O> {
  return { type: "invoke", input, output };
}

export function push<V extends z.ZodType>(value: V): PushSpec<V> {
  return { type: "push", value };
}

type GroupOf<C, K extends keyof C> = C[K];
type Names<C extends ContractShape, T extends "invoke" | "push"> = {
  [G in keyof C & string]: {
    [N in keyof GroupOf<C, G> & string]: GroupOf<C, G>[N] extends { readonly type: T } ? `${G}.${N}` : never;
  }[keyof GroupOf<C, G> & string];
}[keyof C & string];

/** "group.name" of every call of a contract. */
export type InvokeName<C extends ContractShape> = Names<C, "invoke">;
/** "group.name" of every push of a contract. */
export type PushName<C extends ContractShape> = Names<C, "push">;

type SpecOf<C extends ContractShape, P extends string> = P extends `${infer G}.${infer N}`
  ? G extends keyof C
    ? N extends keyof C[G]
      ? C[G][N]
      : never
    : never
  : never;

export type InputOf<C extends ContractShape, P extends InvokeName<C>> =
  SpecOf<C, P> extends InvokeSpec<infer I, z.ZodType> ? z.input<I> : never;
export type ParsedInputOf<C extends ContractShape, P extends InvokeName<C>> =
  SpecOf<C, P> extends InvokeSpec<infer I, z.ZodType> ? z.output<I> : never;
export type OutputOf<C extends ContractShape, P extends InvokeName<C>> =
  SpecOf<C, P> extends InvokeSpec<z.ZodType, infer O> ? z.output<O> : never;
export type ValueOf<C extends ContractShape, P extends PushName<C>> =
  SpecOf<C, P> extends PushSpec<infer V> ? z.output<V> : never;
