#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// First of all, and alone in this file: what is imported afterwards is compiled once per version, not at every start.
enableCompileCache();

void import("./run.ts").then(({ run }) => run());
