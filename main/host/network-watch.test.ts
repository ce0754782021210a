import type { NetworkInterfaceInfo } from "node:os";
import { expect, test, vi } from "vitest";
import { createNetworkWatch } from "./network-watch.ts";

const address = (text: string, internal = false): NetworkInterfaceInfo =>
  text.includes(":")
    ? { address: text, family: "IPv6", internal, netmask: "", mac: "", cidr: null, scopeid: 0 }
    : { address: text, family: "IPv4", internal, netmask: "", mac: "", cidr: null };
const loopback = [address("127.0.0.1", true), address("::1", true)];

test.each([
  ["nothing but itself", { lo: loopback }, false],
  ["an address that it gave itself", { lo: loopback, eth0: [address("169.254.7.1"), address("fe80::1")] }, false],
  ["a network", { lo: loopback, wlan0: [address("192.168.1.7")] }, true],
  ["one of version 6 alone", { lo: loopback, wlan0: [address("fe80::1"), address("2001:db8::7")] }, true],
  ["no interface at all", {}, false],
])("with %s it is online: %#", (_name, interfaces, expected) => {
  expect(createNetworkWatch({ env: {}, interfaces: () => interfaces })()).toBe(expected);
});

test("is asked at most once a second, and sees what has changed", () => {
  let now = 0;
  let found = { lo: loopback, eth0: [address("10.0.0.2")] };
  const interfaces = vi.fn(() => found);
  const isOnline = createNetworkWatch({ env: {}, interfaces, now: () => now });
  for (let turn = 0; turn < 100; turn += 1) expect(isOnline()).toBe(true);
  expect(interfaces).toHaveBeenCalledTimes(1);
  found = { lo: loopback, eth0: [] };
  expect(isOnline()).toBe(true);
  now = 1_000;
  expect(isOnline()).toBe(false);
});

test("does not judge by interfaces where a proxy may be the way out, nor where they are not told", () => {
  const interfaces = () => ({ lo: loopback });
  expect(createNetworkWatch({ env: { https_proxy: "http://127.0.0.1:3128" }, interfaces })()).toBe(true);
  const refused = () => {
    throw new Error("not permitted");
  };
  expect(createNetworkWatch({ env: {}, interfaces: refused })()).toBe(true);
});

test("costs little on this computer", () => {
  expect(typeof createNetworkWatch({ env: {} })()).toBe("boolean");
});
