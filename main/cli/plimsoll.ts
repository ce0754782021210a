#!/usr/bin/env node
import * as nodeModule from "node:module";
import { nodeProblem } from "./node-version.ts";

// First of all, and nearly alone in this file: what is imported afterwards is compiled once per version, not at every start.
// Looked for, since an old Node has no such cache, and has to be told apart before anything that it cannot run is loaded.
if ("enableCompileCache" in nodeModule) nodeModule.enableCompileCache();

const problem = nodeProblem(process.versions.node);
if (problem === null) void import("./run.ts").then(({ run }) => run());
else {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
