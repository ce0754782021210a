import * as z from "zod";
import type { SampleResult, SourceDraft } from "./contract/contract.ts";
import { CallFailure } from "./contract/host.ts";
import { lookUpAll } from "./polling/look-up-secrets.ts";
import { pollTarget } from "./polling/poll-target.ts";
import type { Ports } from "./ports.ts";
import { ReadError } from "./quota/failure.ts";
import { acceptDraft } from "./settings/draft.ts";
import type { SourceConfig } from "./settings/schema.ts";
import { definitionSchema } from "./sources/mapping/definition.ts";
import { jsonBody } from "./sources/mapping/json-value.ts";
import { ask, requestShape } from "./sources/mapping/request.ts";
import { maskNamedSecrets } from "./sources/mask-named-secrets.ts";
import { createReadContext } from "./sources/read-context.ts";
import { findSource } from "./sources/registry.ts";
import { withoutSecrets } from "./sources/without-secrets.ts";

/** Larger samples could not be looked through by anybody. */
const LARGEST_SAMPLE = 256 * 1024;
const DEADLINE_MS = 15_000;

/** Stands in for the meters that are yet to be pointed out: only the request of the definition matters here. */
const NO_METER_YET = { id: "sample", label: "Sample", used: "$", unit: "units" };

type SamplePorts = Pick<Ports, "http" | "vault" | "references" | "clock" | "random" | "logger">;

/**
 * Asks once as a draft's definition says and gives what came back as the engine sees it, with every secret replaced (the source's own, and
 * what the answer calls one), so that its figures can be pointed out. Saves nothing. Throws CallFailure as `acceptDraft` does, also for a kind without a definition.
 */
export async function sampleAnswer(
  draft: SourceDraft,
  existing: SourceConfig | null,
  ports: SamplePorts,
): Promise<SampleResult> {
  const descriptor = findSource(draft.kind);
  const field = descriptor?.optionFields.find(({ editor }) => editor === "mapping");
  if (descriptor === undefined || field === undefined) {
    throw new CallFailure("unknown-kind", "this kind is not described by a definition");
  }
  const definition = { ...requestPart(draft.options[field.name]), meters: [NO_METER_YET] };
  const accepted = await acceptDraft({ ...draft, options: { [field.name]: definition } }, existing, () =>
    ports.random.id(),
  );
  const { origin } = new URL(accepted.config.baseUrl);
  const found = await lookUpAll(pollTarget(accepted.config, accepted.given), descriptor, origin, ports);
  if (!found.ok) return { outcome: { type: "needs-key", reason: found.reason, detail: found.detail }, trace: [] };
  const traced = createReadContext({
    http: ports.http,
    baseUrl: accepted.config.baseUrl,
    key: found.key,
    secrets: found.secrets,
    auth: descriptor.auth,
    allowsPost: descriptor.allowsPost ?? false,
    now: ports.clock.now(),
    timeoutMs: DEADLINE_MS,
    maxBytes: LARGEST_SAMPLE,
  });
  try {
    const answer = jsonBody(await ask(traced.context, definitionSchema.parse(definition)));
    if (!answer.ok) throw new ReadError("unexpected-shape", { detail: `the answer is ${answer.problem}` });
    const body = maskNamedSecrets(withoutSecrets(answer.value, [found.key, ...Object.values(found.secrets)]));
    return { outcome: { type: "answer", body }, trace: [...traced.trace] };
  } catch (error) {
    if (error instanceof ReadError) {
      return { outcome: { type: "failure", failure: error.failure }, trace: [...traced.trace] };
    }
    ports.logger.log("error", "sample-crashed", { error: error instanceof Error ? error.name : typeof error });
    throw new CallFailure("internal");
  }
}

const fields = z.record(z.string(), z.unknown());

/** What of an unfinished definition says how to ask. */
function requestPart(definition: unknown): Readonly<Record<string, unknown>> {
  const parsed = fields.safeParse(definition);
  const names = Object.keys(requestShape);
  return parsed.success ? Object.fromEntries(Object.entries(parsed.data).filter(([name]) => names.includes(name))) : {};
}
