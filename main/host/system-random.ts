import { randomUUID } from "node:crypto";
import type { Random } from "../../app/ports.ts";

/** Chance as the platform has it; ids are unguessable. */
export function createSystemRandom(): Random {
  return { next: () => Math.random(), id: () => randomUUID() };
}
