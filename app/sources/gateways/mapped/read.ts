import type { Reading } from "../../../quota/reading.ts";
import { applyMapping } from "../../mapping/apply-mapping.ts";
import { ask } from "../../mapping/request.ts";
import type { ReadContext } from "../../source.ts";
import type { MappedOptions } from "./schema.ts";

/** Asks as the definition says and reads what it points out. Throws ReadError naming the meter and the path that do not fit. */
export async function read(context: ReadContext, { definition }: MappedOptions): Promise<Reading> {
  return applyMapping(definition, await ask(context, definition), context.now);
}
