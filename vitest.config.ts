import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["app/**/*.test.ts", "main/**/*.test.ts", "renderer/**/*.test.ts", "tests/unit/**/*.test.ts"],
    // A named zone and locale: wording and calendar tests must not depend on where they run.
    env: { TZ: "UTC", LC_ALL: "en_US.UTF-8" },
    environment: "node",
    pool: "threads",
    testTimeout: 20_000,
    restoreMocks: true,
  },
});
