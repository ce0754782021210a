import { createServer as createHttpServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from "node:net";

/** A server on loopback for one test. `seen` are the requests it got, in order. */
export interface TestServer {
  readonly origin: string;
  readonly port: number;
  readonly seen: readonly SeenRequest[];
  close(): Promise<void>;
}

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export async function httpServer(handler: Handler): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  return start(createHttpServer(recording(seen, handler)), "http", "127.0.0.1", seen);
}

/** Answers under the certificate's own names; its address is given by number. */
export async function httpsServer(pem: { key: string; cert: string }, handler: Handler): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  return start(createHttpsServer(pem, recording(seen, handler)), "https", "127.0.0.1", seen);
}

/** Talks TCP as the test wants it; `seen` stays empty. */
export async function tcpServer(handler: (socket: Socket) => void): Promise<TestServer> {
  return start(
    createTcpServer((socket) => {
      socket.on("error", () => undefined);
      handler(socket);
    }),
    "http",
    "127.0.0.1",
    [],
  );
}

/**
 * A proxy that forwards plain http and tunnels CONNECT, always to `target` on loopback, whatever host was named. With
 * `credentials` ("user:password") it answers 407 to those who do not send them.
 */
export async function proxyServer(target: () => number, credentials?: string): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  const allowed = (incoming: IncomingMessage): boolean =>
    credentials === undefined ||
    incoming.headers["proxy-authorization"] === `Basic ${Buffer.from(credentials).toString("base64")}`;
  const server = createHttpServer((incoming, response) => {
    seen.push(record(incoming));
    if (!allowed(incoming)) {
      response.writeHead(407).end();
      return;
    }
    const url = new URL(incoming.url ?? "");
    const forwarded = request(
      { host: "127.0.0.1", port: target(), path: url.pathname + url.search, headers: incoming.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    forwarded.on("error", () => response.writeHead(502).end());
    forwarded.end();
  });
  server.on("connect", (incoming: IncomingMessage, socket: Socket) => {
    seen.push(record(incoming));
    socket.on("error", () => undefined);
    if (!allowed(incoming)) {
      socket.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
      return;
    }
    const upstream = connect(target(), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket);
      socket.pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
  });
  return start(server, "http", "127.0.0.1", seen);
}

function recording(seen: SeenRequest[], handler: Handler): Handler {
  return (incoming, response) => {
    seen.push(record(incoming));
    handler(incoming, response);
  };
}

function record(incoming: IncomingMessage): SeenRequest {
  return { method: incoming.method ?? "", url: incoming.url ?? "", headers: incoming.headers };
}

async function start(server: Server, scheme: string, host: string, seen: SeenRequest[]): Promise<TestServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, host, resolve);
  });
  const { port } = addressOf(server);
  return {
    origin: `${scheme}://${host}:${port}`,
    port,
    seen,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the test server listens on no port");
  return address;
}
