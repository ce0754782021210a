import type { IncomingHttpHeaders } from "node:http";
import * as z from "zod";

/** Where a face asks to be attached. The number changes when what follows here does. */
export const ATTACH_PATH = "/attach/1";

/** Of a connection that was not completed by its face; more than a busy computer needs. */
export const HANDSHAKE_MS = 5_000;

/** Close code when a face could not prove that it knows the secret. Of the range for private use (RFC 6455, section 7.4.2). */
export const NOT_ADMITTED = 4401;

const nonce = z.string().length(43);

/** How a face presents itself. */
const faceHeadersSchema = z.object({
  "x-plimsoll-nonce": nonce,
  "x-plimsoll-version": z.string().min(1).max(60),
  "x-plimsoll-face": z.enum(["desktop", "web", "cli"]),
  "x-plimsoll-pid": z.coerce.number().int().positive(),
  "x-plimsoll-stay": z.enum(["once", "lasting"]),
});

/** How a host answers, also where it does not let the face in. */
const hostHeadersSchema = z.object({
  "x-plimsoll-nonce": nonce,
  "x-plimsoll-version": z.string().min(1).max(60),
  "x-plimsoll-proof": z.string().min(1).max(100),
});

export interface FaceGreeting {
  readonly nonce: string;
  readonly version: string;
  readonly face: "desktop" | "web" | "cli";
  readonly pid: number;
  /** Whether it means to stay, or asks one thing and goes. */
  readonly stay: "once" | "lasting";
}

export interface HostGreeting {
  readonly nonce: string;
  readonly version: string;
  readonly proof: string;
}

export function faceHeaders(greeting: FaceGreeting): Record<string, string> {
  return {
    "x-plimsoll-nonce": greeting.nonce,
    "x-plimsoll-version": greeting.version,
    "x-plimsoll-face": greeting.face,
    "x-plimsoll-pid": String(greeting.pid),
    "x-plimsoll-stay": greeting.stay,
  };
}

export function hostHeaders(greeting: HostGreeting): Record<string, string> {
  return {
    "x-plimsoll-nonce": greeting.nonce,
    "x-plimsoll-version": greeting.version,
    "x-plimsoll-proof": greeting.proof,
  };
}

/** Null where the headers are not those of a face. */
export function readFaceGreeting(headers: IncomingHttpHeaders): FaceGreeting | null {
  const parsed = faceHeadersSchema.safeParse(headers);
  if (!parsed.success) return null;
  return {
    nonce: parsed.data["x-plimsoll-nonce"],
    version: parsed.data["x-plimsoll-version"],
    face: parsed.data["x-plimsoll-face"],
    pid: parsed.data["x-plimsoll-pid"],
    stay: parsed.data["x-plimsoll-stay"],
  };
}

/** Null where the headers are not those of a host. */
export function readHostGreeting(headers: IncomingHttpHeaders): HostGreeting | null {
  const parsed = hostHeadersSchema.safeParse(headers);
  if (!parsed.success) return null;
  return {
    nonce: parsed.data["x-plimsoll-nonce"],
    version: parsed.data["x-plimsoll-version"],
    proof: parsed.data["x-plimsoll-proof"],
  };
}

/** The first message of a face, after which calls follow. */
export const proofMessageSchema = z.strictObject({ proof: z.string().min(1).max(100) });
