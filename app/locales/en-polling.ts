/** English words of when a source is asked next, and why. Part of the engine's catalog in en.ts. */
export const polling = {};
