import { connect } from "node:net";
import { dirname } from "node:path";
import { WebSocket } from "ws";
import * as z from "zod";
import { callErrorSchema } from "../../../app/contract/call-error.ts";
import type { AnyCallResult } from "../../../app/contract/host.ts";
import { closeCodes, parseFrame } from "../contract-socket/messages.ts";
import { AttachError, hostName, otherVersion } from "./attach-error.ts";
import { ATTACH_PATH, type FaceGreeting, faceHeaders, HANDSHAKE_MS, readHostGreeting } from "./handshake.ts";
import type { HostEntry, HostFacts } from "./host-record.ts";
import { checkPrivate, ownUser } from "./ownership.ts";
import { isProof, newSecret, prove } from "./proof.ts";

/** A whole state of many thousand sources. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** Longer than any call takes, a keyring that waits for its user included. */
const CALL_MS = 120_000;

/** Who connects. */
export type Me = Omit<FaceGreeting, "nonce">;

/** An open connection to the host of a profile. */
export interface HostConnection {
  readonly host: HostFacts;
  /** Never rejects: a call that cannot be answered any more ends as "host-lost". */
  call(name: string, input: unknown): Promise<AnyCallResult>;
  /** What an event carries is not parsed yet. */
  onEvent(listener: (name: string, value: unknown) => void): void;
  /** Resolves when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;
  close(): void;
}

export interface ConnectOptions {
  readonly deadlineMs?: number;
  readonly user?: number | null;
}

const answerSchema = z.object({ id: z.number(), result: z.unknown() });
const eventSchema = z.object({ event: z.string(), value: z.unknown().optional() });
const lost: AnyCallResult = { ok: false, error: { code: "host-lost", detail: null } };

/**
 * Connects to a host: looks first whether its socket is its owner's alone, then has it prove that it knows the secret, and proves the
 * same. Throws AttachError.
 */
export async function connectToHost(entry: HostEntry, me: Me, options: ConnectOptions = {}): Promise<HostConnection> {
  const { secret: _secret, socket: place, ...host } = entry;
  await checkPlace(place, options.user ?? ownUser());
  const nonce = newSecret();
  const socket = new WebSocket(`ws://plimsoll${ATTACH_PATH}`, {
    createConnection: () => connect(place),
    headers: faceHeaders({ ...me, nonce }),
    followRedirects: false,
    perMessageDeflate: false,
    maxPayload: MAX_ANSWER_BYTES,
  });
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => fail(noAnswer(host)), options.deadlineMs ?? HANDSHAKE_MS);
    const fail = (error: AttachError): void => {
      clearTimeout(timer);
      socket.terminate();
      reject(error);
    };
    const judge = (headers: Parameters<typeof readHostGreeting>[0]): { readonly hostNonce: string } | null => {
      const greeting = readHostGreeting(headers);
      if (greeting === null) return null;
      const challenge = { socket: place, faceNonce: nonce, hostNonce: greeting.nonce, version: greeting.version };
      return isProof(greeting.proof, "host", entry.secret, challenge) ? { hostNonce: greeting.nonce } : null;
    };
    // For good: ending an attempt makes it complain once more, and an error that nobody hears would end the process.
    socket.on("error", (error: NodeJS.ErrnoException) => fail(connectProblem(error, host)));
    socket.once("unexpected-response", (_request, response) => {
      if (judge(response.headers) === null) fail(notOurHost(host));
      else if (response.statusCode === 426) fail(otherVersion(host, me.version));
      else fail(new AttachError("full", `Plimsoll (${hostName(host)}) has as many faces attached as it takes`));
    });
    let hostNonce: string | null = null;
    socket.once("upgrade", ({ headers }) => {
      hostNonce = judge(headers)?.hostNonce ?? null;
    });
    socket.once("open", () => {
      if (hostNonce === null) return fail(notOurHost(host));
      const challenge = { socket: place, faceNonce: nonce, hostNonce, version: me.version };
      clearTimeout(timer);
      socket.send(JSON.stringify({ proof: prove("face", entry.secret, challenge) }));
      resolve();
    });
  });
  return speak(socket, host);
}

/** The contract over a socket that was let in. */
function speak(socket: WebSocket, host: HostFacts): HostConnection {
  const waiting = new Map<number, (result: AnyCallResult) => void>();
  const listeners = new Set<(name: string, value: unknown) => void>();
  let nextId = 1;
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => {
      const abandoned = [...waiting.values()];
      waiting.clear();
      for (const settle of abandoned) settle(lost);
      resolve();
    });
  });
  socket.on("message", (data, isBinary) => {
    const frame = isBinary ? undefined : parseFrame(data);
    const answer = answerSchema.safeParse(frame);
    if (answer.success) {
      const settle = waiting.get(answer.data.id);
      waiting.delete(answer.data.id);
      return settle?.(resultOf(answer.data.result));
    }
    const event = eventSchema.safeParse(frame);
    if (!event.success) return socket.close(closeCodes.malformed);
    for (const listener of listeners) listener(event.data.event, event.data.value);
  });
  return {
    host,
    closed,
    call(name, input) {
      if (socket.readyState !== WebSocket.OPEN) return Promise.resolve(lost);
      const id = nextId;
      nextId += 1;
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          waiting.delete(id);
          resolve(lost);
        }, CALL_MS);
        // Whoever waits for an answer is kept alive by the socket; the deadline alone keeps nobody.
        timer.unref();
        waiting.set(id, (result) => {
          clearTimeout(timer);
          resolve(result);
        });
        socket.send(JSON.stringify({ id, call: name, input }));
      });
    },
    onEvent: (listener) => {
      listeners.add(listener);
    },
    close: () => socket.terminate(),
  };
}

// JSON leaves out what is undefined, and many calls bring nothing back.
const resultSchema = z.union([
  z.object({ ok: z.literal(true), value: z.unknown().optional() }),
  z.object({ ok: z.literal(false), error: callErrorSchema }),
]);

function resultOf(result: unknown): AnyCallResult {
  const parsed = resultSchema.safeParse(result);
  if (!parsed.success) return { ok: false, error: { code: "internal", detail: null } };
  return parsed.data.ok ? { ok: true, value: parsed.data.value } : parsed.data;
}

async function checkPlace(place: string, user: number | null): Promise<void> {
  // A pipe has no folder; who answers there has to prove itself all the same.
  if (process.platform === "win32") return;
  try {
    await checkPrivate(dirname(place), "folder", user);
    await checkPrivate(place, "socket", user);
  } catch (error) {
    if (error instanceof AttachError) throw error;
    throw new AttachError("elsewhere", "the host is not on this computer, or ended with an earlier start of it");
  }
}

function connectProblem(error: NodeJS.ErrnoException, host: HostFacts): AttachError {
  switch (error.code) {
    // Only this proves that nobody is there: a connection that was cut may mean one that is busy, or about to end.
    case "ECONNREFUSED":
      return new AttachError("gone", `Plimsoll (${hostName(host)}) has ended`);
    case "ENOENT":
      return new AttachError("elsewhere", "the host is not on this computer, or ended with an earlier start of it");
    case "EACCES":
    case "EPERM":
      return new AttachError("not-private", `Plimsoll (${hostName(host)}) belongs to another user`);
    case "ECONNRESET":
    case "EPIPE":
      return new AttachError("interrupted", `Plimsoll (${hostName(host)}) ended the connection`);
    default:
      return noAnswer(host);
  }
}

function noAnswer(host: HostFacts): AttachError {
  return new AttachError(
    "no-answer",
    `Plimsoll runs on this profile (${hostName(host)}) and does not answer. End that process if it hangs`,
  );
}

function notOurHost(host: HostFacts): AttachError {
  return new AttachError(
    "not-our-host",
    `what answers in the place of Plimsoll (${hostName(host)}) does not know this profile's secret, and was told nothing`,
  );
}
