#!/usr/bin/env node
import * as nodeModule from "node:module";

// First of all, and alone in this file: what is imported afterwards is compiled once per version, not at every start.
// Node before 22.1 has no such cache; the command works there, too, only slower.
if ("enableCompileCache" in nodeModule) nodeModule.enableCompileCache();

void import("./run.ts").then(({ run }) => run());
