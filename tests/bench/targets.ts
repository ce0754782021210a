export const BENCH_KEY = "bench-key-0123456789";

/** Addresses of `count` gateways spread over the ports, as the bench's processes get them on their command line. */
export function targets(argv: readonly string[]): string[] {
  const [ports = "[]", count = "1"] = argv;
  const list: unknown = JSON.parse(ports);
  if (!Array.isArray(list)) throw new Error("ports: expected a list");
  return Array.from({ length: Number(count) }, (_, index) => `http://127.0.0.1:${list[index % list.length]}/g${index}`);
}
