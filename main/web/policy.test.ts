import { describe, expect, it } from "vitest";
import { judgeRequest, type RequestFacts } from "./policy.ts";

const plain: RequestFacts = {
  method: "GET",
  target: "/",
  hosts: ["127.0.0.1:4100"],
  origin: null,
  fetchSite: null,
  fetchMode: null,
  fetchDest: null,
  upgrade: false,
};
const own = "http://127.0.0.1:4100";
const socket: Partial<RequestFacts> = { target: "/socket", origin: own, upgrade: true };
const post: Partial<RequestFacts> = { method: "POST", target: "/session", origin: own };

describe("judgeRequest", () => {
  it.each<[string, Partial<RequestFacts>, string]>([
    ["the page", {}, "file /"],
    ["the page by the other name", { hosts: ["localhost:4100"] }, "file /"],
    ["a file with a query", { target: "/settings.html?source=a" }, "file /settings.html"],
    ["a path that climbs, as it is", { target: "/../../etc/passwd" }, "file /../../etc/passwd"],
    ["HEAD", { method: "HEAD" }, "file /"],
    ["typed by the user", { fetchSite: "none", fetchMode: "navigate", fetchDest: "document" }, "file /"],
    ["from our own page", { fetchSite: "same-origin", fetchMode: "cors", fetchDest: "empty" }, "file /"],
    [
      "a link on another site",
      { fetchSite: "cross-site", fetchMode: "navigate", fetchDest: "document", target: "/" },
      "file /",
    ],
    ["a session check", { target: "/session" }, "session-check"],
    ["an exchange", post, "session-exchange"],
    ["an exchange under the other name", { ...post, origin: "http://localhost:4100" }, "session-exchange"],
    ["a socket", socket, "socket"],
  ])("lets %s through", (_name, facts, expected) => {
    const verdict = judgeRequest({ ...plain, ...facts }, 4100);
    const route = verdict.allowed ? verdict.route : null;
    expect(route?.to === "file" ? `file ${route.path}` : route?.to).toBe(expected);
  });

  it.each<[string, Partial<RequestFacts>, number, string]>([
    ["a rebound name", { hosts: ["plimsoll.example"] }, 421, "wrong-host"],
    ["a rebound name with our port", { hosts: ["plimsoll.example:4100"] }, 421, "wrong-host"],
    ["another port", { hosts: ["127.0.0.1:4101"] }, 421, "wrong-host"],
    ["no port", { hosts: ["127.0.0.1"] }, 421, "wrong-host"],
    ["a name that begins like ours", { hosts: ["127.0.0.1:4100.example"] }, 421, "wrong-host"],
    ["a user part", { hosts: ["me@127.0.0.1:4100"] }, 421, "wrong-host"],
    ["another loopback address", { hosts: ["127.0.0.2:4100"] }, 421, "wrong-host"],
    ["no Host", { hosts: [] }, 421, "wrong-host"],
    ["two Hosts", { hosts: ["127.0.0.1:4100", "127.0.0.1:4100"] }, 421, "wrong-host"],
    ["an absolute target", { target: "http://127.0.0.1:4100/" }, 400, "bad-target"],
    ["a target of *", { target: "*", method: "OPTIONS" }, 400, "bad-target"],
    ["another site's fetch", { fetchSite: "cross-site", fetchMode: "cors", fetchDest: "empty" }, 403, "other-site"],
    ["another site's image", { fetchSite: "cross-site", fetchMode: "no-cors", fetchDest: "image" }, 403, "other-site"],
    [
      "another site's frame",
      { fetchSite: "cross-site", fetchMode: "navigate", fetchDest: "iframe" },
      403,
      "other-site",
    ],
    [
      "another site's form",
      { ...post, fetchSite: "cross-site", fetchMode: "navigate", fetchDest: "document" },
      403,
      "other-site",
    ],
    ["another port's script", { fetchSite: "same-site", fetchMode: "no-cors", fetchDest: "script" }, 403, "other-site"],
    ["nothing but cross-site", { fetchSite: "cross-site" }, 403, "other-site"],
    ["an unknown Sec-Fetch-Site", { fetchSite: "elsewhere" }, 403, "other-site"],
    ["another origin", { origin: "https://site.example" }, 403, "wrong-origin"],
    ["an opaque origin", { origin: "null" }, 403, "wrong-origin"],
    ["our origin as https", { origin: "https://127.0.0.1:4100" }, 403, "wrong-origin"],
    ["our origin with a slash", { origin: `${own}/` }, 403, "wrong-origin"],
    ["another port's origin", { origin: "http://127.0.0.1:4101" }, 403, "wrong-origin"],
    ["POST without origin", { ...post, origin: null }, 403, "no-origin"],
    ["POST from another origin", { ...post, origin: "http://site.example" }, 403, "wrong-origin"],
    ["POST elsewhere", { ...post, target: "/" }, 405, "method-not-allowed"],
    ["DELETE", { method: "DELETE", origin: own }, 405, "method-not-allowed"],
    ["a preflight", { method: "OPTIONS", origin: own }, 405, "method-not-allowed"],
    ["a socket without origin", { ...socket, origin: null }, 403, "no-origin"],
    ["a socket from another origin", { ...socket, origin: "http://site.example" }, 403, "wrong-origin"],
    ["a socket from another site", { ...socket, fetchSite: "cross-site", fetchMode: "websocket" }, 403, "other-site"],
    ["a socket by POST", { ...socket, method: "POST" }, 405, "method-not-allowed"],
    ["an upgrade elsewhere", { ...socket, target: "/" }, 404, "not-a-socket"],
    ["the socket without upgrade", { target: "/socket" }, 426, "not-a-socket"],
  ])("refuses %s", (_name, facts, status, refusal) => {
    expect(judgeRequest({ ...plain, ...facts }, 4100)).toMatchObject({ allowed: false, status, refusal });
  });

  it("expects no port in Host and Origin on port 80, as browsers leave it out", () => {
    const facts = { ...plain, hosts: ["localhost"], origin: "http://localhost" };
    expect(judgeRequest(facts, 80).allowed).toBe(true);
    expect(judgeRequest({ ...facts, hosts: ["localhost:80"] }, 80).allowed).toBe(false);
  });
});
