import { defineConfig } from "vitest/config";

// Two builds into one folder. The pages have hashed assets; the loader is one classic script with
// a stable name, because other people's sites refer to it.
export default defineConfig(({ mode }) => ({
  base: "/",
  publicDir: false,
  build: {
    outDir: "dist",
    target: "es2022",
    assetsInlineLimit: 0,
    // No preload helper: it would be dead weight here, all pages have one or two chunks.
    modulePreload: false,
    emptyOutDir: mode !== "loader",
    ...(mode === "loader"
      ? {
          lib: {
            entry: "src/loader/main.ts",
            formats: ["iife" as const],
            name: "SegueLoader",
            fileName: () => "widget.js",
          },
        }
      : {
          rolldownOptions: {
            input: {
              widget: "widget.html",
              site: "site/index.html",
              help: "site/help.html",
            },
          },
        }),
  },
  test: { environment: "jsdom", css: true, include: ["test/**/*.test.ts"] },
}));
