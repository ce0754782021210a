import {
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleX,
  ClockAlert,
  Hourglass,
  Infinity as InfinityIcon,
  KeyRound,
  type LucideIcon,
  OctagonX,
  TriangleAlert,
} from "lucide-react";
import type { SourceState } from "../../app/quota/snapshot.ts";
import { urgencyOf } from "../../app/quota/urgency.ts";
import type { UiKey } from "../words.tsx";

/** How a source's state looks: a shape of its own, a tone, and the key of its word. */
export interface StatusLook {
  readonly icon: LucideIcon;
  readonly tone: "calm" | "good" | "warn" | "danger";
  readonly wordKey: UiKey;
}

/** What matters most about a source, in one sign: whether it can be used first, then whether its figures hold. */
export function statusLook(source: SourceState, now: number): StatusLook {
  const urgency = urgencyOf(source, now);
  switch (urgency) {
    case "used-up":
      return { icon: OctagonX, tone: "danger", wordKey: "urgency.used-up" };
    case "low":
      return { icon: TriangleAlert, tone: "warn", wordKey: "urgency.low" };
    case "paused":
      return { icon: CirclePause, tone: "calm", wordKey: "status.paused" };
    case "ok":
      return { icon: CircleCheck, tone: "good", wordKey: "urgency.ok" };
    case "unlimited":
      return { icon: InfinityIcon, tone: "good", wordKey: "urgency.unlimited" };
    case "trouble":
    case "unknown":
      return troubleLook(source);
  }
}

function troubleLook({ status }: SourceState): StatusLook {
  switch (status.state) {
    case "failed":
      return { icon: CircleX, tone: "danger", wordKey: "status.failed" };
    case "stale":
      return { icon: ClockAlert, tone: "warn", wordKey: "status.stale" };
    case "awaiting-reset":
      return { icon: Hourglass, tone: "calm", wordKey: "urgency.awaiting-reset" };
    case "needs-key":
      return { icon: KeyRound, tone: "warn", wordKey: "status.needs-key" };
    case "paused":
      return { icon: CirclePause, tone: "calm", wordKey: "status.paused" };
    case "loading":
      return { icon: CircleDashed, tone: "calm", wordKey: "status.loading" };
    case "fresh":
      return { icon: CircleDashed, tone: "calm", wordKey: "urgency.unknown" };
  }
}
