import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";

// Named here: electron-vite works targets out from the installed Electron, and knows only those up to 44.
const node = "node24.18";

export default defineConfig({
  main: {
    build: {
      outDir: "dist/desktop/main",
      emptyOutDir: true,
      target: node,
      // Everything but Electron goes into the bundle, so that no node_modules has to ship.
      externalizeDeps: false,
      sourcemap: false,
      rolldownOptions: {
        input: { index: "main/desktop/index.ts" },
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
      },
    },
  },
  preload: {
    build: {
      outDir: "dist/desktop/preload",
      emptyOutDir: true,
      target: node,
      externalizeDeps: false,
      sourcemap: false,
      rolldownOptions: {
        input: { index: "main/desktop/preload/index.ts" },
        // A sandboxed preload must be one CommonJS file.
        output: { format: "cjs", entryFileNames: "[name].cjs", codeSplitting: false },
      },
    },
  },
  renderer: {
    root: "renderer",
    // The same pages lie under app://ui/ on the desktop and under / of the loopback server.
    base: "./",
    plugins: [react()],
    build: {
      outDir: "dist/renderer",
      emptyOutDir: true,
      // Not Electron's Chromium alone: the browser face serves these pages to whatever browser there is.
      target: "es2023",
      cssTarget: ["chrome120", "firefox121", "safari17.4"],
      minify: true,
      sourcemap: false,
      // The polyfill is an inline script, which the pages' CSP forbids; every supported browser preloads modules itself.
      modulePreload: { polyfill: false },
      // Inlined assets would be data: URLs; fonts may not come from those.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: { popover: "renderer/popover.html", settings: "renderer/settings.html" },
        // Else a chunk that the pages share runs before their own first import, zod-without-eval.ts.
        output: { strictExecutionOrder: true },
      },
    },
  },
});
