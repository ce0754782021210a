import * as z from "zod";
import { ReadError } from "../quota/failure.ts";
import { optionalText } from "./optional-text.ts";
import type { ReadContext, RequestOptions } from "./source.ts";

/** A month of daily buckets fits on one or two; more means that a service pages without end. */
const MOST_PAGES = 12;

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly has_more?: boolean | null | undefined;
  readonly next_page: string | null;
}

/** The page of a report as OpenAI and Anthropic send it: `next_page` goes back as the query `page` while `has_more`. */
export function pageOf<Item>(item: z.ZodType<Item>): z.ZodType<Page<Item>> {
  return z.object({ data: z.array(item), has_more: z.boolean().nullish(), next_page: optionalText });
}

/**
 * Reads a report to its end and gives all its items. Throws ReadError: as getJson does, "unexpected-shape" where the way to the
 * next page is missing, "answer-too-large" where there is no end to them. Half a report is never taken for a whole one.
 */
export async function allPages<Item>(
  context: ReadContext,
  path: string,
  page: z.ZodType<Page<Item>>,
  request: RequestOptions,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let query = request.query ?? {};
  for (let read = 0; read < MOST_PAGES; read++) {
    const { data, has_more, next_page } = await context.getJson(path, page, { ...request, query });
    items.push(...data);
    if (has_more !== true) return items;
    if (next_page === null) throw new ReadError("unexpected-shape", { detail: "next_page: missing" });
    query = { ...query, page: next_page };
  }
  throw new ReadError("answer-too-large", { detail: `the report has more than ${MOST_PAGES} pages` });
}
