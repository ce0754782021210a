import { bifrost } from "./gateways/bifrost/descriptor.ts";
import { clawrouter } from "./gateways/clawrouter/descriptor.ts";
import { cloudflare } from "./gateways/cloudflare/descriptor.ts";
import { headers } from "./gateways/headers/descriptor.ts";
import { litellm } from "./gateways/litellm/descriptor.ts";
import { llmgateway } from "./gateways/llmgateway/descriptor.ts";
import { mapped } from "./gateways/mapped/descriptor.ts";
import { merge } from "./gateways/merge/descriptor.ts";
import { nanogpt } from "./gateways/nanogpt/descriptor.ts";
import { neutral } from "./gateways/neutral/descriptor.ts";
import { newApi } from "./gateways/new-api/descriptor.ts";
import { oneApi } from "./gateways/one-api/descriptor.ts";
import { openrouter } from "./gateways/openrouter/descriptor.ts";
import { poe } from "./gateways/poe/descriptor.ts";
import { portkey } from "./gateways/portkey/descriptor.ts";
import { quotaV1 } from "./gateways/quota-v1/descriptor.ts";
import { requesty } from "./gateways/requesty/descriptor.ts";
import { sub2api } from "./gateways/sub2api/descriptor.ts";
import { venice } from "./gateways/venice/descriptor.ts";
import { vercel } from "./gateways/vercel/descriptor.ts";
import { zenmux } from "./gateways/zenmux/descriptor.ts";
import { anthropicAdmin } from "./providers/anthropic-admin/descriptor.ts";
import { chutes } from "./providers/chutes/descriptor.ts";
import { claudeOauth } from "./providers/claude-oauth/descriptor.ts";
import { codex } from "./providers/codex/descriptor.ts";
import { copilot } from "./providers/copilot/descriptor.ts";
import { deepgram } from "./providers/deepgram/descriptor.ts";
import { deepinfra } from "./providers/deepinfra/descriptor.ts";
import { deepseek } from "./providers/deepseek/descriptor.ts";
import { elevenlabs } from "./providers/elevenlabs/descriptor.ts";
import { factory } from "./providers/factory/descriptor.ts";
import { fireworks } from "./providers/fireworks/descriptor.ts";
import { geminiCli } from "./providers/gemini-cli/descriptor.ts";
import { grokBuild } from "./providers/grok-build/descriptor.ts";
import { groq } from "./providers/groq/descriptor.ts";
import { kilo } from "./providers/kilo/descriptor.ts";
import { kimiCode } from "./providers/kimi-code/descriptor.ts";
import { minimax } from "./providers/minimax/descriptor.ts";
import { mistral } from "./providers/mistral/descriptor.ts";
import { moonshot } from "./providers/moonshot/descriptor.ts";
import { novita } from "./providers/novita/descriptor.ts";
import { ollamaCloud } from "./providers/ollama-cloud/descriptor.ts";
import { openaiOrg } from "./providers/openai-org/descriptor.ts";
import { opencodeGo } from "./providers/opencode-go/descriptor.ts";
import { siliconflow } from "./providers/siliconflow/descriptor.ts";
import { stability } from "./providers/stability/descriptor.ts";
import { stepfun } from "./providers/stepfun/descriptor.ts";
import { synthetic } from "./providers/synthetic/descriptor.ts";
import { xai } from "./providers/xai/descriptor.ts";
import { zai } from "./providers/zai/descriptor.ts";
import { register } from "./register.ts";
import type { RegisteredSource } from "./source.ts";

/** Every kind of source there is, in the order in which people pick from them. Nothing else names one. */
export const sources: readonly RegisteredSource[] = [
  register(neutral),
  register(bifrost),
  register(clawrouter),
  register(cloudflare),
  register(headers),
  register(litellm),
  register(llmgateway),
  register(mapped),
  register(merge),
  register(nanogpt),
  register(newApi),
  register(oneApi),
  register(openrouter),
  register(poe),
  register(portkey),
  register(quotaV1),
  register(requesty),
  register(sub2api),
  register(venice),
  register(vercel),
  register(zenmux),
  register(anthropicAdmin),
  register(chutes),
  register(claudeOauth),
  register(codex),
  register(copilot),
  register(deepgram),
  register(deepinfra),
  register(deepseek),
  register(elevenlabs),
  register(factory),
  register(fireworks),
  register(geminiCli),
  register(grokBuild),
  register(groq),
  register(kilo),
  register(kimiCode),
  register(minimax),
  register(mistral),
  register(moonshot),
  register(novita),
  register(ollamaCloud),
  register(openaiOrg),
  register(opencodeGo),
  register(siliconflow),
  register(stability),
  register(stepfun),
  register(synthetic),
  register(xai),
  register(zai),
];

/** The kind with this id; undefined when this version does not know it. */
export function findSource(id: string): RegisteredSource | undefined {
  return sources.find((source) => source.id === id);
}
