import { parseRichText, type VerdictItem } from "@segue/client";
import { expect, test } from "vitest";
import { pieces, piecesOfParts, placesByTurn } from "./evidence";

const marked = (text: string, ...places: [string, number, number][]) =>
  pieces(
    text,
    places.map(([signal, start, end]) => ({ signal, start, end })),
  ).map(({ text, signals }) => (signals.length > 0 ? `[${text}|${signals.join(" ")}]` : text));

test("a place is marked and the rest is not", () => {
  expect(marked("I want a person now", ["opt_out", 7, 15])).toEqual([
    "I want ",
    "[a person|opt_out]",
    " now",
  ]);
});

test("places are bytes, whatever stands before them", () => {
  expect(marked("Ärger 🙄 mit Geld", ["anger", 0, 6], ["money", 16, 20])).toEqual([
    "[Ärger|anger]",
    " 🙄 mit ",
    "[Geld|money]",
  ]);
});

test("where places overlap, both are named", () => {
  expect(marked("abcdef", ["x", 0, 4], ["y", 2, 6])).toEqual(["[ab|x]", "[cd|x y]", "[ef|y]"]);
});

test("places beyond the text change nothing", () => {
  expect(marked("short", ["x", 40, 60])).toEqual(["short"]);
  expect(marked("", ["x", 0, 3])).toEqual([]);
});

test("what a verdict does not rest on is not marked", () => {
  const signal = (is_reason: boolean) => ({
    signal: "opt_out",
    score: 0.9,
    value: 1,
    is_reason,
    evidence: [{ turn: 2, start: 1, end: 4, what: "a person" }],
  });
  const verdict = (is_reason: boolean) =>
    ({ trace: { signals: [signal(is_reason)] } }) as unknown as VerdictItem;
  expect(placesByTurn([verdict(false)]).size).toBe(0);
  expect(placesByTurn([verdict(true)]).get(2)).toEqual([{ signal: "opt_out", start: 1, end: 4 }]);
});

test("marks lie in the parts of a formatted text, addresses stay whole", () => {
  const text = "**Refund** me\n\n- now, now\n- see https://example.com/now";
  const blocks = parseRichText(text);
  const at = text.lastIndexOf("now,") + 5;
  const places = [
    { signal: "money", start: 2, end: 12 },
    { signal: "haste", start: at, end: at + 3 },
  ];
  const parts = [...piecesOfParts(text, blocks, places).values()].map((part) =>
    part.map(({ text, signals }) => `${text}|${signals}`).join(" + "),
  );
  expect(parts).toEqual([
    "Refund|money",
    " m|money + e|",
    "now, | + now|haste",
    "see |",
    "https://example.com/now|",
  ]);
});
