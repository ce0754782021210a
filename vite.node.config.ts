import { builtinModules } from "node:module";
import { defineConfig } from "vite";

/**
 * The terminal face and the browser host: one bundle for Node, so that a start loads a handful of files.
 * What is imported lazily stays in chunks of its own.
 */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  logLevel: "warn",
  ssr: {
    target: "node",
    noExternal: true,
    // Native, or optional accelerators that their users load in a try: resolved from node_modules at run time.
    external: ["@napi-rs/keyring", "bufferutil", "utf-8-validate"],
  },
  build: {
    ssr: true,
    target: "node24",
    outDir: "dist/cli",
    emptyOutDir: true,
    // Stack traces of a tool whose users are developers should be readable; the size costs nothing measurable.
    minify: false,
    sourcemap: false,
    rolldownOptions: {
      input: { plimsoll: "main/cli/plimsoll.ts" },
      external: [...builtinModules, /^node:/],
      output: {
        // CommonJS starts sooner: an ES module that imports node:fs makes Node load all its streams, and so on.
        format: "cjs",
        entryFileNames: "[name].cjs",
        chunkFileNames: "chunks/[name]-[hash].cjs",
      },
    },
  },
});
