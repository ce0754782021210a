import { defineConfig } from "vitest/config";

/**
 * `unit` needs no build. `desktop` boots the built desktop bundle under its double of Electron; `keyring` runs the built
 * hosts against a real Secret Service in a private D-Bus session.
 */
export default defineConfig({
  test: {
    // A named zone and locale: wording and calendar tests must not depend on where they run.
    env: { TZ: "UTC", LC_ALL: "en_US.UTF-8" },
    environment: "node",
    pool: "threads",
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{app,main,renderer,tests}/**/*.test.ts"],
          exclude: ["tests/{desktop,keyring,e2e,ui}/**"],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: "desktop",
          include: ["tests/desktop/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: "keyring",
          include: ["tests/keyring/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
