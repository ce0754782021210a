import type { HostFacts } from "./host-record.ts";

/**
 * Why a host of this profile could not be spoken to:
 * - gone: nobody listens any more. Its place can be taken.
 * - elsewhere: it is not on this computer, or was not since this computer started. Its place can be taken.
 * - not-private: what leads to it belongs to somebody else, or could be used by somebody else.
 * - not-our-host: what listens there does not know the profile's secret.
 * - other-version: it runs, and speaks another version of the contract.
 * - full: it has as many faces as it takes.
 * - interrupted: the connection was cut. It may be about to end, or too busy: worth another try.
 * - no-answer: it is there and does not answer.
 */
export type AttachProblem =
  | "gone"
  | "elsewhere"
  | "not-private"
  | "not-our-host"
  | "other-version"
  | "full"
  | "interrupted"
  | "no-answer";

/** A host could not be spoken to. The message is for people and says what to do. */
export class AttachError extends Error {
  override readonly name = "AttachError";
  readonly problem: AttachProblem;

  constructor(problem: AttachProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

/** Whether nothing runs where this error comes from, so that another host may begin. */
export function isVacant(error: unknown): error is AttachError {
  return error instanceof AttachError && (error.problem === "gone" || error.problem === "elsewhere");
}

/** "desktop app, process 4711". */
export function hostName({ face, pid }: Pick<HostFacts, "face" | "pid">): string {
  return `${faceName(face)}, process ${pid}`;
}

function faceName(face: HostFacts["face"]): string {
  switch (face) {
    case "desktop":
      return "desktop app";
    case "web":
      return "plimsoll serve";
    case "cli":
      return "plimsoll watch";
  }
}

export function otherVersion(host: HostFacts, own: string): AttachError {
  const order = compareVersions(host.version, own);
  const which = order === 0 ? "another build" : order > 0 ? "newer than" : "older than";
  const advice =
    order > 0
      ? "Update this one, or quit the other"
      : order < 0
        ? "Quit the other and start it again in this version"
        : "Quit the other and start it again";
  const relation = order === 0 ? `${which} than this one` : `${which} this one`;
  return new AttachError(
    "other-version",
    `Plimsoll ${host.version} runs on this profile (${hostName(host)}); that is ${relation} (${own}). ${advice}`,
  );
}

/** Below zero when `a` is the older one; 0 when that cannot be told. Pre-releases count as their release. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(version: string): number[] {
  return (version.split(/[-+]/, 1)[0] ?? "").split(".").map((part) => Number.parseInt(part, 10) || 0);
}
