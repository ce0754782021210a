/** What a name in a configuration says of its value, and whose it is. */
export interface NameRole {
  /** A "key-variable" is the name of the variable that holds the key. */
  readonly role: "address" | "key" | "key-variable";
  /** What stands before the usual end: "TEAM" of TEAM_BASE_URL, "" of baseURL. Equal for what belongs to one party. */
  readonly party: string;
  /** How usual the end is for what it is taken for; lower is surer. */
  readonly rank: number;
}

/** From this rank on, a name alone says little: "url" may be anything's. */
export const WEAK = 100;

const ADDRESS_ENDS = [
  "PROXY_API_BASE",
  "PROXY_BASE_URL",
  "PROXY_URL",
  "API_BASE_URL",
  "BASE_URL",
  "BASEURL",
  "API_BASE",
  "APIBASE",
  "API_URL",
  "API_ENDPOINT",
  "AZURE_ENDPOINT",
];
const WEAK_ADDRESS_ENDS = ["ENDPOINT", "BASE", "URL", "HOST"];
const KEY_ENDS = [
  "PROXY_API_KEY",
  "API_KEY",
  "APIKEY",
  "AUTH_TOKEN",
  "API_TOKEN",
  "ACCESS_TOKEN",
  "BEARER_TOKEN",
  "AUTHORIZATION",
  "VIRTUAL_KEY",
  "MASTER_KEY",
];
const WEAK_KEY_ENDS = ["KEY", "TOKEN"];
const KEY_VARIABLES = ["API_KEY_ENV_VAR", "API_KEY_ENV", "ENV_KEY"];

/** Addresses of other things than a gateway: of one's own site, of a database, of a code host. */
const OTHER_ADDRESSES =
  /^(?:(?:NEXT_PUBLIC|VITE|REACT_APP)_?)?(?:NEXTAUTH|AUTH0?|APP|SITE|PUBLIC|WEB|WEBSITE|FRONTEND|BACKEND|SERVER|DATABASE|DB|REDIS|POSTGRES|MONGO|MYSQL|KAFKA|SENTRY|OTEL|GITHUB|GITLAB|STRIPE|SLACK|SUPABASE|FIREBASE|CALLBACK|REDIRECT|WEBHOOK|DOCS?|HOME|HOMEPAGE|AVATAR|IMAGE|LOGO|ICON|REPO|REPOSITORY|HTTPS?|ALL|NO|MCP|S3|AWS|MINIO|SMTP)(?:_|$)/;

/** Names that end as those of keys do, and are none. */
const OTHER_KEYS =
  /(?:^|_)(?:IDEMPOTENCY|CSRF|XSRF|PUBLIC|PRIVATE|SSH|ENCRYPTION|SIGNING|CACHE|SORT|PRIMARY|FOREIGN|REFRESH|ID|SESSION|PAGE|DEVICE|PUSH|PROXY)$/;

/** What a name is usually used for: OPENAI_BASE_URL, baseURL, api_base, litellm.api_key, openAiApiKey …; null for all others. */
export function roleOf(name: string): NameRole | null {
  const words = inWords(name);
  const end = (ends: readonly string[]) => {
    const rank = ends.findIndex((candidate) => words === candidate || words.endsWith(`_${candidate}`));
    const found = ends[rank];
    return found === undefined ? null : { rank, party: words.slice(0, -found.length).replace(/_$/, "") };
  };
  const variable = end(KEY_VARIABLES);
  if (variable !== null) return { role: "key-variable", ...variable };
  const address = end(ADDRESS_ENDS) ?? weakened(end(WEAK_ADDRESS_ENDS));
  if (address !== null) return OTHER_ADDRESSES.test(words) ? null : { role: "address", ...address };
  const key = end(KEY_ENDS) ?? weakened(end(WEAK_KEY_ENDS));
  return key === null || OTHER_KEYS.test(key.party) ? null : { role: "key", ...key };
}

function weakened<T extends { readonly rank: number }>(found: T | null): T | null {
  return found === null ? null : { ...found, rank: found.rank + WEAK };
}

/** "openAIBaseURL", "litellm.api_base", "x-api-key" as OPEN_AI_BASE_URL, LITELLM_API_BASE, X_API_KEY. */
function inWords(name: string): string {
  return name
    .slice(-200)
    .replace(/^(?:process\.env|os\.environ|import\.meta\.env|self|this)\./, "")
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .replace(/[^A-Za-z\d]+/g, "_")
    .toUpperCase();
}

/** Headers that carry keys. Others that end so are none: of an operation, of a page, of the proxy, of a key kept elsewhere. */
export function isKeyHeader(name: string): boolean {
  return /^(?:(?:[\w-]+-)?api-?key|authorization|cf-aig-authorization|(?:x-)?(?:auth|access|api)-token|token|x-[a-z]+-vk|[\w-]+-subscription-key)$/i.test(
    name,
  );
}

/** The key in the value of such a header, or that it is a user with a password. */
export function keyInHeader(value: string): string | "user-and-password" {
  if (/^basic\s/i.test(value)) return "user-and-password";
  return value
    .replace(/^(?:bearer|token|key|api-?key)\s+/i, "")
    .replace(/^(?:api[_-]?key|token)=["']?([^"']*)["']?$/i, "$1");
}
