import * as z from "zod";
import { pageOf } from "../../all-pages.ts";
import { currencyCode } from "../../currency.ts";
import { count, ifTold, moneyIn } from "../../numbers.ts";

/** `GET /v1/organizations/cost_report`: one bucket per UTC day. Cents as decimal text, micros after parsing. */
export const costsPage = pageOf(
  z.object({ results: z.array(z.object({ amount: moneyIn(100, "signed"), currency: currencyCode })) }),
);

const tokens = ifTold(count);

const NOT_TOLD = { ephemeral_5m_input_tokens: "unknown", ephemeral_1h_input_tokens: "unknown" } as const;

/** `GET /v1/organizations/usage_report/messages`: one bucket per UTC day. No kind of token is part of another. */
export const usagePage = pageOf(
  z.object({
    results: z.array(
      z
        .object({
          uncached_input_tokens: tokens,
          cache_creation: z.object({ ephemeral_5m_input_tokens: tokens, ephemeral_1h_input_tokens: tokens }).nullish(),
          cache_read_input_tokens: tokens,
          output_tokens: tokens,
        })
        .transform(({ cache_creation, ...rest }) => ({ ...rest, ...(cache_creation ?? NOT_TOLD) })),
    ),
  }),
);
