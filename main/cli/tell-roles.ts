import { hostName } from "../host/attach/attach-error.ts";
import type { Role, SharedEngine } from "../host/attach/shared-engine.ts";
import { t } from "../web/words.ts";

/** Says, a line at each change, when this process is not the one that polls, or nobody can ask it. `shownOn` is what it shows things on. */
export function tellRoles(shared: SharedEngine, shownOn: "page" | "terminal", say: (line: string) => void): void {
  const tellFirst = (role: Role): void => {
    if (role.type === "attached") say(t(`serve.attached-${shownOn}`, { host: hostName(role.host) }));
    else if (role.type === "host" && role.problem !== null) say(t("serve.alone", { problem: role.problem }));
  };
  let before = shared.role();
  tellFirst(before);
  shared.onRole((role) => {
    const wasLost = before.type === "lost" && before.why !== null;
    switch (role.type) {
      case "host":
        say(t("serve.tookOver"));
        break;
      case "attached":
        say(t("serve.attachedAnew", { host: hostName(role.host) }));
        break;
      case "lost":
        if (role.why !== null && !wasLost) say(t("serve.lost", { why: role.why }));
    }
    before = role;
  });
}
