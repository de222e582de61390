/** What the policy's JSON Schema says about one place of the file. */
import type { Step } from "./place";

/** As much of JSON Schema as the policy's uses. */
export type Schema = {
  $ref?: string;
  $defs?: Record<string, Schema>;
  title?: string;
  description?: string;
  type?: string | string[];
  enum?: (string | number | boolean | null)[];
  const?: string | number | boolean | null;
  properties?: Record<string, Schema>;
  patternProperties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: boolean | Schema;
  prefixItems?: Schema[];
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  required?: string[];
};

export type Word = { word: string; detail?: string; isRequired?: boolean };

/** Every schema that may hold at the end of a path: references followed, choices spread out. */
export function schemasAt(root: Schema, path: readonly Step[]): Schema[] {
  return path.reduce<Schema[]>(
    (at, step) => at.flatMap((one) => below(one, step).flatMap((next) => spread(root, next))),
    spread(root, root),
  );
}

/** The keys that a map at this place may have, the necessary ones first. */
export function keysOf(schemas: readonly Schema[]): Word[] {
  const found = new Map<string, Word>();
  for (const schema of schemas) {
    for (const [word, about] of Object.entries(schema.properties ?? {})) {
      const isRequired = schema.required?.includes(word) ?? false;
      const known = found.get(word);
      found.set(word, {
        word,
        detail: known?.detail ?? about.description ?? about.title,
        isRequired: known?.isRequired || isRequired,
      });
    }
  }
  return [...found.values()].sort((a, b) => Number(b.isRequired) - Number(a.isRequired));
}

/** The words that may stand here as a value. */
export function valuesOf(schemas: readonly Schema[]): Word[] {
  const found = new Map<string, Word>();
  const add = (value: string | number | boolean | null, detail?: string) => {
    const word = String(value);
    if (!found.has(word)) found.set(word, { word, detail });
  };
  for (const schema of schemas) {
    if (schema.const !== undefined) add(schema.const, schema.description);
    for (const value of schema.enum ?? []) add(value);
    if ([schema.type].flat().includes("boolean")) for (const value of [true, false]) add(value);
  }
  return [...found.values()];
}

/** What the schema says about this place, in words. */
export function about(schemas: readonly Schema[]): string | null {
  return schemas.find((schema) => schema.description !== undefined)?.description ?? null;
}

const DEPTH_MAX = 16;

/** A schema with its references followed and its choices side by side. */
function spread(root: Schema, schema: Schema, depth = 0): Schema[] {
  if (depth > DEPTH_MAX) return [];
  const more = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const target = schema.$ref === undefined ? null : referred(root, schema.$ref);
  if (target !== null) more.push(target);
  return [schema, ...more.flatMap((one) => spread(root, one, depth + 1))];
}

function referred(root: Schema, ref: string): Schema | null {
  const name = /^#\/\$defs\/(.+)$/.exec(ref)?.[1];
  return name === undefined ? null : (root.$defs?.[decodeURIComponent(name)] ?? null);
}

function below(schema: Schema, step: Step): Schema[] {
  if (step === 0) {
    const items = typeof schema.items === "object" ? [schema.items] : [];
    return [...items, ...(schema.prefixItems ?? [])];
  }
  const named = schema.properties?.[step];
  if (named !== undefined) return [named];
  const byPattern = Object.entries(schema.patternProperties ?? {})
    .filter(([pattern]) => new RegExp(pattern, "u").test(step))
    .map(([, one]) => one);
  if (byPattern.length > 0) return byPattern;
  return typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : [];
}
