import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { runServe } from "../web/serve.ts";
import { openLastingFace } from "./lasting-face.ts";
import { profileOption, tellSettingsProblems } from "./session.ts";
import { tellRoles } from "./tell-roles.ts";

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
          if (shared !== null) tellRoles(shared, "page", (line) => process.stderr.write(`plimsoll: ${line}\n`));
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

/** The built UI lies beside the built command (dist/renderer), whether this module is the entry or a chunk of it. */
function rendererDir(): string {
  const beside = ["../renderer/", "../../renderer/"].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return beside.find((path) => existsSync(`${path}popover.html`)) ?? beside[0] ?? ".";
}
