import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { createEngine } from "../../app/engine.ts";
import { runServe } from "../web/serve.ts";
import { hostInfo } from "./host-info.ts";
import { openHost } from "./open-host.ts";
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
  const host = await openHost({ profile: options.profile, lasting: true });
  const engine = createEngine(host.ports, {
    host: hostInfo("web", host.ports.settings.path),
    demo: options.demo ? "only" : "auto",
    automatic: true,
    // In a browser the page follows links and opens its settings by itself.
    shell: { openSettings: () => undefined },
  });
  try {
    return await runServe({
      engine: {
        ...engine,
        async start() {
          await engine.start();
          await tellSettingsProblems(engine);
        },
      },
      logger: host.ports.logger,
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
    await host.close();
  }
}

/** The built UI lies beside the built command (dist/renderer), whether this module is the entry or a chunk of it. */
function rendererDir(): string {
  const beside = ["../renderer/", "../../renderer/"].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return beside.find((path) => existsSync(`${path}popover.html`)) ?? beside[0] ?? ".";
}
