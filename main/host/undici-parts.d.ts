/**
 * The two files of undici that the transport runs on where there is no proxy. Its index loads all of it (fetch, WebSocket, caches, mocks), which
 * takes more than twice the time; a command that runs for a tenth of a second feels that. undici is pinned to an exact version, and
 * transport.test.ts fails when these stop being what the index exports.
 */
declare module "undici/lib/dispatcher/agent.js" {
  import { Agent } from "undici";
  export default Agent;
}

declare module "undici/lib/api/api-request.js" {
  import type { Dispatcher } from "undici";
  export default function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ): Promise<Dispatcher.ResponseData>;
}
