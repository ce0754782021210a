type Sentinel = string | number | null;

/** Values with commas between them: numbers and null as such, the rest as texts. */
export function sentinelsOf(text: string): Sentinel[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .slice(0, 20)
    .map((part) => {
      if (part === "null") return null;
      if (/^-?\d+(\.\d+)?$/.test(part)) return Number(part);
      return part.replace(/^"(.*)"$/, "$1").slice(0, 100);
    });
}

export function sentinelText(sentinels: readonly Sentinel[] | undefined): string {
  return (sentinels ?? [])
    .map((value) =>
      typeof value === "string" && (value === "null" || /^-?\d/.test(value)) ? JSON.stringify(value) : String(value),
    )
    .join(", ");
}
