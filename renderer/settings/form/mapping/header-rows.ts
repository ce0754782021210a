import type { SourceDraft } from "../../../../app/contract/contract.ts";
import type { MappingDefinition } from "../../../../app/sources/mapping/definition.ts";
import { OWN_KEY } from "../../../../app/sources/mapping/request.ts";
import { idPart } from "../../../../app/sources/mapping/row-ids.ts";

/** One header as it is edited. */
export interface HeaderRow {
  readonly id: number;
  readonly name: string;
  readonly holds: "text" | "key" | "secret";
  readonly text: string;
  readonly prefix: string;
  /** Under which name its secret lies; follows from the header's name while it is new. */
  readonly secretName: string;
  /** What was typed, and nothing else: a saved secret never comes back. */
  readonly typed: string;
}

export function headerRows(headers: MappingDefinition["headers"]): readonly HeaderRow[] {
  return Object.entries(headers).map(([name, value], id) => {
    const row = { id, name, text: "", prefix: "", secretName: "", typed: "" };
    if (typeof value === "string") return { ...row, holds: "text", text: value };
    const { secret, prefix } = value;
    return { ...row, prefix, ...(secret === OWN_KEY ? { holds: "key" } : { holds: "secret", secretName: secret }) };
  });
}

/** The headers of a definition, and the secrets that were typed in for them. */
export function headersOf(rows: readonly HeaderRow[]): {
  readonly headers: MappingDefinition["headers"];
  readonly typed: SourceDraft["secrets"];
} {
  const named = rows.filter(({ name }) => name.trim() !== "");
  const headers = named.map((row) => [row.name.trim(), headerOf(row)] as const);
  const typed = named
    .filter((row) => row.holds === "secret" && row.typed !== "")
    .map((row) => [secretNameOf(row), { type: "secret" as const, secret: row.typed }] as const);
  return { headers: Object.fromEntries(headers), typed: Object.fromEntries(typed) };
}

function headerOf(row: HeaderRow): MappingDefinition["headers"][string] {
  switch (row.holds) {
    case "text":
      return row.text;
    case "key":
      return { secret: OWN_KEY, prefix: row.prefix };
    case "secret":
      return { secret: secretNameOf(row), prefix: row.prefix };
  }
}

/** Under which name the secret of a header lies. */
export function secretNameOf({ name, secretName }: HeaderRow): string {
  if (secretName !== "") return secretName;
  const own = idPart(name).replace(/^[^a-z]+/, "");
  return own === "" || own === OWN_KEY ? `${own || "header"}-secret` : own;
}
