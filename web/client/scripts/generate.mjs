// Writes `src/generated/api.ts` from the API's document. `npm run generate -w client` writes the
// file; a test compares it with the document.

import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const DOCUMENT = new URL("../../../docs/openapi.json", import.meta.url);
export const GENERATED = new URL("../src/generated/api.ts", import.meta.url);

const HEAD = `/**
 * Generated from docs/openapi.json by \`npm run generate -w client\`; do not edit.
 */

`;

/** The text that `generated/api.ts` must have for the document as it is now. */
export async function generate() {
  const document = JSON.parse(await readFile(DOCUMENT, "utf8"));
  const missing = new Set();
  // The generator stops at a reference without a target; one such name must not cost all types.
  const whole = openReferences(document, document, missing);
  // It also wants names of operations to be unique. Ours are found by their paths.
  for (const methods of Object.values(whole.paths))
    for (const operation of Object.values(methods)) delete operation.operationId;
  for (const name of missing) console.warn(`docs/openapi.json names ${name} and does not define it`);
  return HEAD + astToString(await openapiTS(whole, { alphabetize: true }));
}

/** The same node with references that lead nowhere replaced by "anything". */
function openReferences(node, document, missing) {
  if (Array.isArray(node)) return node.map((one) => openReferences(one, document, missing));
  if (node === null || typeof node !== "object") return node;
  if (typeof node.$ref === "string" && find(document, node.$ref) === undefined) {
    missing.add(node.$ref);
    return {};
  }
  const pairs = Object.entries(node);
  return Object.fromEntries(
    pairs.map(([key, value]) => [key, openReferences(value, document, missing)]),
  );
}

function find(document, reference) {
  const steps = reference.replace(/^#\//, "").split("/");
  return steps.reduce((node, step) => node?.[step], document);
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await writeFile(GENERATED, await generate());
}
