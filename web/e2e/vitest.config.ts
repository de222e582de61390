import { defineConfig } from "vitest/config";
import { LongestFirst } from "./src/order.ts";

/** Stories wait for real time more than they compute, so several fit on two cores. */
const FILES_AT_ONCE = 4;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["src/global.ts"],
    maxWorkers: FILES_AT_ONCE,
    isolate: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { sequencer: LongestFirst },
  },
});
