import { defineConfig } from "vitest/config";

/** Draws the pictures of the documents from the running product. */
export default defineConfig({
  test: {
    include: ["pictures/**/*.picture.ts"],
    globalSetup: ["src/global.ts"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
