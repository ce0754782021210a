// `node --import register.ts <the built main bundle>`: resolves "electron" to the double and sets what Electron would have set.
import { registerHooks } from "node:module";
import { config } from "./config.ts";

const double = new URL("./electron.ts", import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "electron" || specifier.startsWith("electron/")
      ? { url: double, shortCircuit: true }
      : next(specifier, context),
});
Object.defineProperty(process, "platform", { value: config.platform });
Object.defineProperty(process, "type", { value: "browser" });
Object.defineProperty(process.versions, "electron", { value: "45.4.1" });
