import { expect, it } from "vitest";
import de from "../src/texts/de.json";
import en from "../src/texts/en.json";
import notes from "../src/texts/en.notes.json";

type Texts = { [key: string]: string | Texts };

function flat(texts: Texts, prefix = ""): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );
}

const english = flat(en);
const german = new Map(flat(de));
const places = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

it("has a note for translators on every section", () => {
  expect(Object.keys(en).filter((section) => !(section in notes))).toEqual([]);
});

it("has no note on a text that is gone", () => {
  const known = new Set(
    english.flatMap(([key]) => key.split(".").map((_, at, all) => all.slice(0, at + 1).join("."))),
  );
  expect(Object.keys(notes).filter((key) => key !== "" && !known.has(key))).toEqual([]);
});

it("has every text in German, with the same places to fill", () => {
  const wrong = english.filter(([key, text]) => {
    const other = german.get(key);
    return other === undefined || places(other).join() !== places(text).join();
  });
  expect(wrong.map(([key]) => key)).toEqual([]);
  expect(german.size).toBe(english.length);
});

it("speaks calmly", () => {
  const loud = [...english, ...german].filter(([, text]) => /[!]|\boops\b/i.test(text));
  expect(loud).toEqual([]);
});
