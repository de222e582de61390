import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { GENERATED, generate } from "./generate.mjs";

/** The generator reads the whole document, on a busy machine for some seconds. */
const TIMEOUT_MS = 60_000;

it(
  "is what the document says",
  async () => {
    const stored = await readFile(GENERATED, "utf8");
    // Compared as a truth: a difference of nine thousand lines helps nobody.
    expect(stored === (await generate()), "run `npm run generate -w sdk`").toBe(true);
  },
  TIMEOUT_MS,
);
