/** Accounts, keys and currencies are separate per region. */
export const CURRENCIES = { "api.moonshot.ai": "USD", "api.moonshot.cn": "CNY" } as const;
