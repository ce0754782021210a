/** English words of forecasts. Part of the engine's catalog in en.ts. */
export const forecast = {};
