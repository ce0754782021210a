import * as z from "zod";

/** `GET /v1/models` as the OpenAI API answers it. Figures stand in the headers alone; the body only tells the dialect. */
export const modelList = z.object({ object: z.literal("list"), data: z.array(z.object({ id: z.string() })) });
