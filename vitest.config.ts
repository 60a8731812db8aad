import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/helpers/test-store.ts"],
    setupFiles: ["test/helpers/same-every-day.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Test files bring their own workspaces and servers: there is nothing that a module keeps from one to the next.
    isolate: false,
    // The store is a process of its own, so that one worker would leave a core idle.
    maxWorkers: 2,
  },
});
