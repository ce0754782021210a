import type { RegisteredSource } from "../../app/sources/source.ts";
import { serveLoopback } from "../fault-gateway/loopback.ts";
import { answerOf, bodyText, type Scenario } from "./scenario.ts";

export interface ScenarioServer {
  readonly origin: string;
  /** Origin and the scenario's base path: what a user would paste. */
  readonly baseUrl: string;
  /** "GET /path?query" of every request, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** A real HTTP server on loopback that answers as the scenario says, to whoever shows the key where this kind of source sends it. */
export async function serveScenario(
  scenario: Scenario,
  auth: RegisteredSource["auth"],
  key: string,
): Promise<ScenarioServer> {
  const requests: string[] = [];
  const server = await serveLoopback((request, response) => {
    const target = request.url ?? "/";
    const method = request.method ?? "GET";
    requests.push(`${method} ${target}`);
    const send = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(body);
    };
    const answer = answerOf(scenario, method, target);
    const authorized = request.headers[auth.header.toLowerCase()] === auth.prefix + key;
    if (answer === undefined) send(404, '{"error":{"message":"no such route"}}');
    else if (!authorized && !answer.public) send(401, '{"error":{"message":"no valid key"}}');
    else send(answer.status, bodyText(answer), answer.headers);
  });
  return { origin: server.origin, baseUrl: server.origin + scenario.basePath, requests, close: () => server.close() };
}
