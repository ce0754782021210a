import { faults } from "./faults.ts";
import { serveLoopback } from "./loopback.ts";

export interface FaultGateway {
  /** The base URL under which `name` (of faults.ts) is shown. */
  baseUrl(name: string): string;
  /** Requests that reached the other host to which one fault redirects: there must be none. */
  readonly strayRequests: readonly string[];
  close(): Promise<void>;
}

/** A gateway that shows every fault, each under a base URL of its own. */
export async function startFaultGateway(): Promise<FaultGateway> {
  const strayRequests: string[] = [];
  const elsewhere = await serveLoopback((request, response) => {
    strayRequests.push(request.url ?? "");
    response.end("{}");
  });
  const gateway = await serveLoopback((request, response) => {
    const name = request.url?.split("/")[1];
    const fault = faults.find((candidate) => candidate.name === name);
    if (fault === undefined) {
      response.writeHead(500);
      response.end("no such fault");
    } else fault.answer(response, elsewhere.origin);
  });
  return {
    baseUrl: (name) => `${gateway.origin}/${name}`,
    strayRequests,
    async close() {
      await Promise.all([gateway.close(), elsewhere.close()]);
    },
  };
}
