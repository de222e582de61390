import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { mockServer } from "./mock/plugin";

export default defineConfig(({ mode }) => ({
  // `vite --mode mock` serves the pages with an invented company behind them.
  plugins: [react(), ...(mode === "mock" ? [mockServer()] : [])],
  build: {
    target: "es2022",
    cssTarget: ["chrome111", "firefox114", "safari16.4"],
    // The content security policy allows no inlined script or style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./test/setup.ts"],
    include: ["src/**/*.test.ts", "src/**/*.test.tsx", "test/**/*.test.tsx", "test/**/*.test.ts"],
  },
}));
