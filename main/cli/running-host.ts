import type { HostFacts } from "../host/attach/host-record.ts";
import type { AttachedFace } from "../host/attach/host-socket.ts";
import type { HostDiagnosis } from "../host/diagnosis.ts";

/** The host that a command speaks to, beside the calls of the contract. */
export interface RunningHost {
  readonly facts: HostFacts;
  /** "desktop app, process 4711". */
  readonly name: string;
  /** Which faces are attached to it; this command is not counted. */
  faces(): Promise<readonly AttachedFace[]>;
  /** What it tells of its folders, proxies, trust and keys; null when it could not. */
  diagnosis(): Promise<HostDiagnosis | null>;
  /** Whether an environment variable is set where the host runs. */
  hasVariable(name: string): Promise<boolean>;
  /** Asks for the whole state anew, so that `state()` holds what was just done. */
  reload(): Promise<void>;
  /**
   * Waits until every source has been polled: those that never were, or (`fresh`) all that may be, having asked for it. Sources that
   * were told to wait are not waited for, and nothing is for longer than a poll takes.
   */
  untilPolled(fresh: boolean): Promise<void>;
}
