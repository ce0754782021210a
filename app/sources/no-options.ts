import * as z from "zod";

/** For sources whose key says everything. One schema for all: there are dozens of them, and each would cost at every start. */
export const noOptions = z.object({});
export type NoOptions = z.infer<typeof noOptions>;
