import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";

/** Everything that a host said to the pages of a browser context. */
export interface LeakWatch {
  /** Where `secret` (or its base64 or URL-encoded form) was said; empty when nowhere. Waits for bodies under way. */
  find(secret: string): Promise<string[]>;
}

/** Records every frame that comes in over a WebSocket, and the headers and body of every HTTP response. */
export function watchForLeaks(context: BrowserContext): LeakWatch {
  const said: { readonly where: string; readonly text: string }[] = [];
  const pending: Promise<void>[] = [];
  const watchPage = (page: Page): void => {
    page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => {
        said.push({ where: "a WebSocket frame", text: payload.toString() });
      });
    });
    page.on("console", (message) => said.push({ where: "the browser's console", text: message.text() }));
  };
  for (const page of context.pages()) watchPage(page);
  context.on("page", watchPage);
  context.on("response", (response) => {
    const where = `the response of ${new URL(response.url()).pathname}`;
    said.push({ where, text: JSON.stringify(response.headers()) });
    pending.push(
      response.body().then(
        (body) => {
          said.push({ where, text: body.toString("utf8") });
        },
        // Redirects, 204 and pages that are gone have none.
        () => undefined,
      ),
    );
  });
  return {
    async find(secret) {
      await Promise.all(pending);
      return said.filter(({ text }) => contains(text, secret)).map(({ where }) => where);
    },
  };
}

/** The files below a directory that hold the secret, or its base64 or URL-encoded form, with the number of files read. */
export async function findInFiles(dir: string, secret: string): Promise<{ found: string[]; filesRead: number }> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const found: string[] = [];
  for (const file of files) {
    if (contains((await readFile(file)).toString("latin1"), secret)) found.push(file);
  }
  return { found, filesRead: files.length };
}

export function contains(text: string, secret: string): boolean {
  const base64 = Buffer.from(secret).toString("base64").replace(/=+$/, "");
  return [secret, encodeURIComponent(secret), base64].some((form) => text.includes(form));
}
