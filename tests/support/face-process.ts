// A face in a process of its own: `node face-process.ts PROFILE`. Prints its role, a line at each change, and polls when it is told to.
import { createSharedEngine } from "../../main/host/attach/shared-engine.ts";
import { createSystemClock } from "../../main/host/system-clock.ts";
import { createSmallEngine, type SmallEngine } from "./small-engine.ts";

const [profileDir = ""] = process.argv.slice(2);
const info = { face: "cli", version: "1.0.0", platform: process.platform, settingsPath: profileDir } as const;
let own: SmallEngine | null = null;
const shared = createSharedEngine({
  profileDir,
  info,
  openEngine: async () => {
    own = createSmallEngine({ info, clock: createSystemClock() });
    const engine = own;
    return { engine, diagnose: () => Promise.reject(new Error("not here")), close: async () => undefined };
  },
  shell: { openSettings: () => undefined },
  logger: { log: () => undefined },
});
shared.onRole(({ type }) => process.stdout.write(`${type}\n`));
process.stdin.on("data", () => own?.poll(String(process.pid)));
process.once("SIGTERM", () => void shared.stop().then(() => process.exit(0)));
await shared.start();
