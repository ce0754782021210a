type Sentinel = string | number | null;
type Scalar = Sentinel | boolean;

/** Values with commas between them: numbers and null as such, the rest as texts. */
export function sentinelsOf(text: string): Sentinel[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .slice(0, 20)
    .map((part) => {
      const value = scalarOf(part);
      return typeof value === "boolean" ? part : typeof value === "string" ? value.slice(0, 100) : value;
    });
}

export function sentinelText(sentinels: readonly Sentinel[] | undefined): string {
  return (sentinels ?? []).map(scalarText).join(", ");
}

/** One value as it is typed: a number, true, false and null as such, the rest as a text; in quotes always a text. */
export function scalarOf(text: string): Scalar {
  const part = text.trim();
  switch (part) {
    case "null":
      return null;
    case "true":
      return true;
    case "false":
      return false;
    default:
      if (/^-?\d{1,15}(\.\d{1,15})?$/.test(part)) return Number(part);
      return part.replace(/^"(.*)"$/, "$1").slice(0, 200);
  }
}

/** A value so that `scalarOf` reads it as what it is. */
export function scalarText(value: Scalar): string {
  if (typeof value !== "string") return String(value);
  return value !== "" && scalarOf(value) === value ? value : `"${value}"`;
}
