// Writes `src/generated/schema.ts` from the API's document. `npm run generate -w sdk` writes the
// file; the test beside this script compares it with the document.

import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const DOCUMENT = new URL("../../../sdk/openapi.json", import.meta.url);
export const GENERATED = new URL("../src/generated/schema.ts", import.meta.url);

const HEAD = `/**
 * Generated from sdk/openapi.json by \`npm run generate -w sdk\`; do not edit.
 */

`;

/** The text that `generated/api.ts` must have for the document as it is now. */
export async function generate() {
  const document = JSON.parse(await readFile(DOCUMENT, "utf8"));
  return HEAD + astToString(await openapiTS(document, { alphabetize: true }));
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await writeFile(GENERATED, await generate());
}
