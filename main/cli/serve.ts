import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { hostName } from "../host/attach/attach-error.ts";
import type { Role, SharedEngine } from "../host/attach/shared-engine.ts";
import { runServe } from "../web/serve.ts";
import { t } from "../web/words.ts";
import { openLastingFace } from "./lasting-face.ts";
import { profileOption, tellSettingsProblems } from "./session.ts";

const optionsSchema = z.object({
  port: z.number().int().optional(),
  open: z.boolean().default(true),
  demo: z.boolean().default(false),
  profile: profileOption,
});

/** `plimsoll serve`: the browser face, until Ctrl+C. Returns the exit status. */
export async function serve(raw: unknown): Promise<number> {
  const options = optionsSchema.parse(raw);
  const face = await openLastingFace({ profile: options.profile, face: "web", demo: options.demo });
  const { engine, shared } = face;
  try {
    return await runServe({
      engine: {
        ...engine,
        async start() {
          await engine.start();
          if (shared !== null) tellRoles(shared);
          await tellSettingsProblems(engine);
        },
      },
      logger: face.logger,
      rendererDir: rendererDir(),
      port: options.port ?? null,
      open: options.open,
      terminal: {
        stdin: process.stdin,
        stdout: process.stdout,
        stderr: process.stderr,
        signals: process,
        platform: process.platform,
        env: process.env,
      },
    });
  } finally {
    await face.close();
  }
}

/** Says on standard error, a line at each change, when this process is not the one that polls, or nobody can ask it. */
function tellRoles(shared: SharedEngine): void {
  const say = (line: string): void => {
    process.stderr.write(`plimsoll: ${line}\n`);
  };
  const tellFirst = (role: Role): void => {
    if (role.type === "attached") say(t("serve.attached", { host: hostName(role.host) }));
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

/** The built UI lies beside the built command (dist/renderer), whether this module is the entry or a chunk of it. */
function rendererDir(): string {
  const beside = ["../renderer/", "../../renderer/"].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return beside.find((path) => existsSync(`${path}popover.html`)) ?? beside[0] ?? ".";
}
