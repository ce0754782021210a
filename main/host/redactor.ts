/** Removes secrets from text. It is taught them by whoever reads one. */
export interface Redactor {
  /** From now on no text holds this value, nor what it looks like after the usual encodings. */
  learn(secret: string): void;
  /** The text without anything that was learned or that looks like a credential. Never throws. */
  redact(text: string): string;
}

/** Shorter values are not searched for: they would blot out ordinary words. */
export const SHORTEST_SECRET = 6;

/** Shorter than any form that is replaced, so that replacing always shrinks the text and comes to an end. */
const MARK = "•••";

/** What looks like a credential even when nobody taught it. The groups are what stays readable. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)(\s+)[^\s"',;]{6,}/gi, `$1$2${MARK}`],
  [/\b(?:sk|pk|rk|gsk|xai|pplx|hf|ghp|gho|github_pat|glpat|AIza)[-_][A-Za-z0-9_-]{8,}/g, MARK],
  [/(:\/\/)[^\s/?#@]+@/g, `$1${MARK}@`],
  [
    /((?:api[-_]?key|access[-_]?token|auth[-_]?token|token|secret|password)["']?\s*[:=]\s*["']?)[^\s"',;&}]{6,}/gi,
    `$1${MARK}`,
  ],
];

export function createRedactor(): Redactor {
  const known = new Set<string>();
  const forms = new Set<string>();
  let matcher: RegExp | null = null;
  return {
    learn(secret) {
      for (const variant of new Set([secret, secret.trim()])) {
        // Most are learned again at every poll.
        if (variant.length < SHORTEST_SECRET || known.has(variant)) continue;
        known.add(variant);
        for (const form of formsOf(variant)) {
          if (form.length >= SHORTEST_SECRET) forms.add(form);
        }
        matcher = null;
      }
    },
    redact(text) {
      let clean = text;
      for (const [pattern, replacement] of PATTERNS) clean = clean.replace(pattern, replacement);
      if (forms.size === 0) return clean;
      matcher ??= matcherFor(forms);
      // Cutting one value out may push the halves of another together, so again until nothing changes.
      for (;;) {
        const next = clean.replace(matcher, MARK);
        if (next === clean) return clean;
        clean = next;
      }
    },
  };
}

/** Longest first: a value that is part of another must not save the rest of it. */
function matcherFor(forms: ReadonlySet<string>): RegExp {
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map((form) => form.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"), "g");
}

/** A secret as it reads raw, in a URL, in JSON (once and twice quoted), in HTML, in hexadecimal and in base64. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  // A lone surrogate has no UTF-8; what is sent instead is the replacement character.
  const wellFormed = secret.toWellFormed();
  const percent = encodeURIComponent(wellFormed);
  const strictPercent = percent.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    wellFormed,
    percent,
    lowerPercent(percent),
    strictPercent,
    lowerPercent(strictPercent),
    new URLSearchParams([["", secret]]).toString().slice(1),
    encodeURI(wellFormed),
    json,
    json.replaceAll("/", "\\/"),
    JSON.stringify(json).slice(1, -1),
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    ...base64Forms(bytes),
  ];
}

function lowerPercent(text: string): string {
  return text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

/**
 * Base64 of the secret wherever it stands in what was encoded ("user:secret"): for each of the three alignments the
 * characters that the neighbours have no part in.
 */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
    const first = Math.ceil((offset * 8) / 6);
    const end = Math.floor(((offset + bytes.length) * 8) / 6);
    const core = encoded.slice(first, end);
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}
