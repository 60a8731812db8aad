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
    // Some wait for processes of their own, and for what must take its time: others go on meanwhile.
    maxWorkers: 4,
  },
});
