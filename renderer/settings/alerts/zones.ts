/** The names of the days from Monday on. */
export function weekdayNames(language: string): { readonly short: string; readonly long: string }[] {
  const short = new Intl.DateTimeFormat(language, { weekday: "short", timeZone: "UTC" });
  const long = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  // 2024 began on a Monday.
  return Array.from({ length: 7 }, (_, day) => {
    const date = new Date(Date.UTC(2024, 0, 1 + day));
    return { short: short.format(date), long: long.format(date) };
  });
}

/** The time zones that can be chosen, with the one that is chosen already, whatever this browser makes of it. */
export function zoneNames(chosen: string | null): string[] {
  const known = Intl.supportedValuesOf("timeZone");
  return [...new Set(["UTC", ...known, ...(chosen === null ? [] : [chosen])])].sort();
}
