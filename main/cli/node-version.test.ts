import { expect, it } from "vitest";
import { nodeProblem } from "./node-version.ts";

it.each(["22.13.0", "22.14.1", "23.0.0", "24.21.0"])("runs on Node %s", (version) => {
  expect(nodeProblem(version)).toBeNull();
});

it.each(["18.20.4", "20.19.0", "22.12.9"])("says what to do on Node %s", (version) => {
  expect(nodeProblem(version)).toBe(
    `plimsoll: this is Node.js ${version}, and 22.13 or newer is needed. In the project's folder "npm run -s plimsoll -- status" brings its own.`,
  );
});
