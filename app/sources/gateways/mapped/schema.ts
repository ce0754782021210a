import * as z from "zod";
import { definitionSchema } from "../../mapping/definition.ts";

/** There is no answer of a known shape here: what the answer has to be is what the definition says. */
export const mappedOptions = z.object({ definition: definitionSchema });
export type MappedOptions = z.output<typeof mappedOptions>;
