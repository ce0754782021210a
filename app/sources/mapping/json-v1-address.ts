import { firstIssue } from "../first-issue.ts";
import { requestShape } from "./request.ts";

/** What a definition's `url` says: the address to propose, and the path to ask below it. Null where it says none. */
export interface TakenAddress {
  readonly address: string | null;
  readonly path: string | null;
  readonly leftOut: readonly string[];
}

/** What is not an address as it should be is named, and nothing of it quoted: there may be a key in it. */
export function addressOf(url: unknown): TakenAddress {
  if (url === undefined) return none("url: not told; set the address and the path");
  const parsed = typeof url === "string" && URL.canParse(url.trim()) ? new URL(url.trim()) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    return none("url: not an http or https address; set the address and the path");
  }
  const leftOut: string[] = [];
  if (parsed.username !== "" || parsed.password !== "") leftOut.push("url: its user and password are not taken over");
  if (parsed.search !== "") leftOut.push("url: its query is not taken over");
  if (parsed.hash !== "") leftOut.push("url: its fragment is not taken over");
  const path = requestShape.path.safeParse(parsed.pathname);
  if (!path.success) leftOut.push(`url: its path is ${firstIssue(path.error)}, so / is asked; set it`);
  return { address: parsed.origin, path: path.success ? path.data : null, leftOut };
}

function none(note: string): TakenAddress {
  return { address: null, path: null, leftOut: [note] };
}
