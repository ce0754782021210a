import { hostFits } from "./probe/clues.ts";

/** A service of which no quota can be read with a key, as far as we know. */
export interface ServiceWithoutEndpoint {
  readonly name: string;
  /** One sentence: what is missing. */
  readonly why: string;
  /** One sentence: what to do in its place. */
  readonly instead: string;
  /** Host names of its API, as `Recognition.hosts` writes them; none for what runs anywhere. */
  readonly hosts?: readonly string[];
}

const HEADERS_KIND = "“OpenAI-compatible gateway (rate-limit headers only)”";

/**
 * Services that people look for among the kinds, and that have no kind because there is nothing to ask: no route for the key that
 * users have, or one that needs a browser's session, which Plimsoll does not take. By name.
 */
export const servicesWithoutEndpoint: readonly ServiceWithoutEndpoint[] = [
  {
    name: "Amazon Bedrock",
    why: "AWS keeps no quota for a key, tells its cost a day late, and charges for each question about it.",
    instead: "Set a budget with an alert in AWS Budgets.",
    hosts: ["*.amazonaws.com"],
  },
  {
    name: "Apache APISIX",
    why: "The gateway tells limits only in the headers of its answers.",
    instead: `Add its address as ${HEADERS_KIND}.`,
  },
  {
    name: "Azure OpenAI",
    why: "The key of a resource tells nothing, and the management interface tells what was allotted to it, not what was used.",
    instead: "Look into Cost Management and the metrics of the resource in the Azure portal.",
    hosts: ["*.openai.azure.com", "*.cognitiveservices.azure.com", "*.services.ai.azure.com"],
  },
  {
    name: "Cohere",
    why: "There is no route for usage or balance.",
    instead: "Look at the billing page of its dashboard.",
    hosts: ["api.cohere.com", "api.cohere.ai"],
  },
  {
    name: "Envoy AI Gateway",
    why: "Its limits are kept where clients cannot read them, and told in headers only where the operator switched that on.",
    instead: `Ask whoever runs it for rate-limit headers, then add its address as ${HEADERS_KIND}.`,
  },
  {
    name: "Google AI Studio (Gemini API keys)",
    why: "A key cannot ask for its own limits, and no headers about them are documented.",
    instead: "Look at the usage page of AI Studio; daily limits begin anew at midnight Pacific time.",
    hosts: ["generativelanguage.googleapis.com"],
  },
  {
    name: "Google Vertex AI",
    why: "Quotas are told to Google Cloud sign-ins with a monitoring role alone, and costs by a billing export.",
    instead: "Look at the quota page of the Google Cloud console and set an alert there.",
    hosts: ["aiplatform.googleapis.com", "*-aiplatform.googleapis.com"],
  },
  {
    name: "Helicone",
    why: "It has no route for credits or limits; headers about them come only with requests that name a policy of their own.",
    instead: "Look at its dashboard, or add the provider behind it.",
    hosts: ["*.helicone.ai"],
  },
  {
    name: "Kiro, Windsurf, Zed, Augment, JetBrains AI, Devin, Manus, T3 Chat",
    why: "Their plans are told only to their own apps or to a signed-in browser.",
    instead: "Look into the app itself.",
  },
  {
    name: "Kong AI Gateway",
    why: "The gateway tells limits only in the headers of its answers, and may be set to hide them.",
    instead: `Add its address as ${HEADERS_KIND}.`,
  },
  {
    name: "Mistral, ordinary keys",
    why: "Usage and spend limit are told to admin keys of Enterprise organizations alone.",
    instead: "Look at the usage page of its admin console.",
  },
  {
    name: "OpenCode Zen",
    why: "The balance stands on its billing page only; there is no route for it.",
    instead: "Look at the billing page of your workspace.",
  },
  {
    name: "Perplexity",
    why: "Credits are told only to a signed-in browser, not to an API key.",
    instead: "Look at the billing page of its API settings.",
    hosts: ["api.perplexity.ai"],
  },
  {
    name: "Qwen and Alibaba Cloud Model Studio",
    why: "Balances need a signed request with an account-wide access key, and the coding plan is told to the console alone.",
    instead: "Look at the console's billing page.",
    hosts: ["dashscope.aliyuncs.com", "dashscope-intl.aliyuncs.com", "dashscope-us.aliyuncs.com"],
  },
  {
    name: "Replicate",
    why: "A token may ask who it belongs to, but not for a balance or a limit.",
    instead: "Look at its billing page and set a spend limit there.",
    hosts: ["api.replicate.com"],
  },
  {
    name: "Together AI",
    why: "The account is prepaid, and its balance is shown in the console alone.",
    instead: "Look at the billing page of its console and switch on automatic recharge there.",
    hosts: ["api.together.xyz", "api.together.ai"],
  },
  {
    name: "Volcengine Ark",
    why: "Its plan is told to signed requests of the account's access keys; inference keys are refused.",
    instead: "Look at its console.",
    hosts: ["ark.cn-beijing.volces.com"],
  },
  {
    name: "Xiaomi MiMo",
    why: "The token plan is told only to a signed-in browser.",
    instead: "Look at its platform page.",
    hosts: ["api.xiaomimimo.com"],
  },
];

/** The service whose API is at a host and tells no quota; undefined for all other hosts. */
export function serviceWithoutEndpoint(hostname: string): ServiceWithoutEndpoint | undefined {
  return servicesWithoutEndpoint.find(({ hosts = [] }) => hosts.some((pattern) => hostFits(pattern, hostname)));
}
