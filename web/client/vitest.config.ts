import { defineConfig } from "vitest/config";

// The tokens' test reads the style sheet, which is otherwise emptied in tests.
export default defineConfig({ test: { css: true } });
