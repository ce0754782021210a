import { readFileSync } from "node:fs";

export interface Usage {
  /** User and system time since the process began. */
  readonly cpuSeconds: number;
  readonly residentMiB: number;
}

/** Clock ticks in a second, as Linux tells them to programs whatever the kernel's own rate is. */
const TICKS_PER_SECOND = 100;

/** What a process has used so far, as Linux tells it (proc(5)). Null on other systems. */
export function usageOf(pid: number): Usage | null {
  if (process.platform !== "linux") return null;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name in brackets may hold anything; what follows it does not.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = Number(fields[11]) + Number(fields[12]);
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return { cpuSeconds: ticks / TICKS_PER_SECOND, residentMiB: Number(resident ?? 0) / 1024 };
}
