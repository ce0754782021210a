/** Accounts, keys and currencies are separate per region. */
export const CURRENCIES = { "api.siliconflow.com": "USD", "api.siliconflow.cn": "CNY" } as const;
