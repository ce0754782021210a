/** By the price lists of the two regions; the interface itself names no currency. */
export const CURRENCIES = { "api.stepfun.com": "CNY", "api.stepfun.ai": "USD" } as const;
