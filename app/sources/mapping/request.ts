import * as z from "zod";
import { pathOption } from "../path-option.ts";
import type { ReadContext, RequestOptions, SecretPlacement } from "../source.ts";

/** Under which name a header takes the source's own key. */
export const OWN_KEY = "key";

/** Where the key goes when no header takes a secret. */
export const USUAL_AUTH: SecretPlacement = { header: "authorization", prefix: "Bearer " };

/** The transport's own, or such as would let a request mean something else than its address says. */
const RESERVED =
  /^(host|connection|content-length|content-type|transfer-encoding|te|trailer|upgrade|expect|keep-alive|proxy-.*)$/i;
/** What stands in these is a secret, and secrets do not lie in settings. */
const SECRET_BEARING = /^(authorization|cookie|(x-)?api-?key|x-auth-token|x-goog-api-key)$/i;

const HEADER_TEXT = /^[\x20-\x7e]*$/;

const secretName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, "not a short name of small letters, digits and hyphens");

const headerValue = z.union(
  [
    z.string().max(500).regex(HEADER_TEXT, "holds a character that a header cannot have"),
    z.strictObject({
      /** The source's key, or one of its further secrets by name. */
      secret: secretName,
      prefix: z.string().max(40).regex(HEADER_TEXT, "holds a character that a header cannot have").default(""),
    }),
  ],
  { error: "neither a text nor a secret with a prefix" },
);

const headers = z
  .record(z.string().regex(/^[A-Za-z0-9-]{1,60}$/, "not a header's name"), headerValue)
  .superRefine((all, context) => {
    const names = Object.keys(all);
    if (names.length > 20) context.addIssue({ code: "custom", message: "more than 20 headers" });
    for (const [name, value] of Object.entries(all)) {
      const complain = (message: string) => context.addIssue({ code: "custom", path: [name], message });
      if (RESERVED.test(name)) complain("is set by the transport");
      if (typeof value === "string" && SECRET_BEARING.test(name)) complain("holds a secret, so it takes one by name");
      if (names.some((other) => other !== name && other.toLowerCase() === name.toLowerCase()))
        complain("stands there twice");
    }
  });

const LONGEST_BODY = 16_384;

/** What is asked. No value in it is a secret: those are named, and lie with the source's key. */
export const requestShape = {
  method: z.enum(["GET", "POST"], { error: "neither GET nor POST" }).default("GET"),
  path: pathOption("/"),
  query: z
    .record(z.string().min(1).max(60), z.string({ error: "not a text" }).max(500))
    .refine((all) => Object.keys(all).length <= 20, "more than 20")
    .default({}),
  headers: headers.default({}),
  /** Sent as JSON with a POST. */
  body: z
    .unknown()
    .optional()
    .refine((value) => (JSON.stringify(value) ?? "").length <= LONGEST_BODY, `longer than ${LONGEST_BODY} characters`),
};

const requestSchema = z.object(requestShape);
export type MappedRequest = z.output<typeof requestSchema>;

/** Sends the request that a definition describes, and gives the answer's body as it is. Throws ReadError as getJson does. */
export function ask(context: ReadContext, request: MappedRequest): Promise<unknown> {
  const { method, path, query, headers, body } = request;
  const options: RequestOptions = { query, headers: literalHeaders(headers), secrets: secretPlacements(headers) };
  return method === "POST"
    ? context.postJson(path, body ?? {}, z.unknown(), options)
    : context.getJson(path, z.unknown(), options);
}

/** The names of the further secrets that a request needs, beside the key. */
export function secretNames(headers: MappedRequest["headers"]): readonly string[] {
  const names = Object.values(headers).flatMap((value) => (typeof value === "string" ? [] : [value.secret]));
  return [...new Set(names)].filter((name) => name !== OWN_KEY);
}

function literalHeaders(headers: MappedRequest["headers"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

function secretPlacements(headers: MappedRequest["headers"]): readonly SecretPlacement[] {
  const placements = Object.entries(headers).flatMap(([header, value]) =>
    typeof value === "string"
      ? []
      : [
          {
            header: header.toLowerCase(),
            prefix: value.prefix,
            ...(value.secret !== OWN_KEY && { secret: value.secret }),
          },
        ],
  );
  return placements.length === 0 ? [USUAL_AUTH] : placements;
}
