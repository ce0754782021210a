import { llmgateway } from "./gateways/llmgateway/descriptor.ts";
import { neutral } from "./gateways/neutral/descriptor.ts";
import { openrouter } from "./gateways/openrouter/descriptor.ts";
import { poe } from "./gateways/poe/descriptor.ts";
import { requesty } from "./gateways/requesty/descriptor.ts";
import { vercel } from "./gateways/vercel/descriptor.ts";
import { register } from "./register.ts";
import type { RegisteredSource } from "./source.ts";

/** Every kind of source there is, in the order in which people pick from them. Nothing else names one. */
export const sources: readonly RegisteredSource[] = [
  register(neutral),
  register(llmgateway),
  register(openrouter),
  register(poe),
  register(requesty),
  register(vercel),
];

/** The kind with this id; undefined when this version does not know it. */
export function findSource(id: string): RegisteredSource | undefined {
  return sources.find((source) => source.id === id);
}
