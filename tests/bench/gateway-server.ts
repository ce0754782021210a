// Gateways for benches, in a process of their own so that their work does not count: as many origins as asked for, each
// answering every path in the neutral shape. Prints their ports as a JSON list and ends with its parent.
import { once } from "node:events";
import { createServer } from "node:http";

const origins = Number(process.argv[2]);
const answer = JSON.stringify({
  key: "bench",
  tokens: { limit: 2_000_000, used: 730_000, remaining: 1_270_000, resets_at: "2099-01-01T00:00:00Z" },
  cost: { currency: "USD", limit: 40, used: 11.75, remaining: 28.25 },
});

const ports: number[] = [];
for (let index = 0; index < origins; index += 1) {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) });
    response.end(answer);
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  ports.push(address.port);
}
process.stdout.write(`${JSON.stringify(ports)}\n`);
process.stdin.on("end", () => process.exit(0)).resume();
