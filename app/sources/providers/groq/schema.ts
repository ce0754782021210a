import * as z from "zod";

/** `GET /openai/v1/models`. Figures stand in the headers; the body only tells that the key was let in. */
export const modelList = z.object({ object: z.literal("list"), data: z.array(z.object({ id: z.string() })) });
