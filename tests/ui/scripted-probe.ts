import type { ProbeReply } from "../../app/contract/contract.ts";
import { CallFailure } from "../../app/contract/host.ts";
import { parseBaseUrl } from "../../app/settings/base-url.ts";
import type { ProbeCandidate, ProbeResult } from "../../app/sources/probe/result.ts";
import { sampleReading } from "./scripted-meters.ts";

/** A kind that was found, with believable figures. */
export function candidate(over: Partial<ProbeCandidate> = {}): ProbeCandidate {
  return {
    kind: "litellm",
    kindName: "LiteLLM",
    likelihood: "certain",
    knownBy: "answer",
    version: "1.63.2",
    keyRefused: false,
    baseUrl: "https://llm.example.org",
    otherAddress: false,
    options: {},
    reading: sampleReading(Date.now()),
    failure: null,
    ...over,
  };
}

/** What a probe found, as the host answers it. */
export function probed(over: Partial<ProbeResult> = {}): ProbeReply {
  return {
    type: "result",
    result: {
      outcome: "found",
      reason: { code: "known-by-answer", detail: null },
      candidates: [candidate()],
      trace: [
        { method: "GET", url: "https://llm.example.org/quota", status: 404, ms: 31, bytes: 48, problem: "not-found" },
        { method: "GET", url: "https://llm.example.org/key/info", status: 200, ms: 84, bytes: 412, problem: null },
      ],
      ...over,
    },
  };
}

/** The plain answer: one kind, for certain, at the address that was asked for. */
export function scriptedProbe(address: string, allowPlainHttp: boolean): ProbeReply {
  const parsed = parseBaseUrl(address, { allowPlainHttp });
  if (!parsed.ok) {
    const code = parsed.problem === "plain-http" ? "plain-http-needs-consent" : "invalid-address";
    throw new CallFailure(code, parsed.problem);
  }
  return probed({ candidates: [candidate({ baseUrl: parsed.url.replace(/\/v1$/, "") })] });
}
