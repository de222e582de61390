import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: {
    target: "es2022",
    cssTarget: ["chrome111", "firefox114", "safari16.4"],
    // The content security policy allows no inlined script or style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The console, and the API's interactive page.
    rollupOptions: { input: ["index.html", "docs.html"] },
  },
  test: {
    environment: "jsdom",
    testTimeout: 20_000,
    setupFiles: ["./test/setup.ts"],
    include: ["src/**/*.test.ts", "src/**/*.test.tsx", "test/**/*.test.tsx", "test/**/*.test.ts"],
  },
});
