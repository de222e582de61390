import { parseRichText, type VerdictItem } from "@segue/client";
import { expect, test } from "vitest";
import { isNotable, pieces, piecesOfParts, placesByTurn } from "./evidence";

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

const verdict = (over: Partial<VerdictItem>) => ({ is_flagged: false, ...over }) as VerdictItem;

test("weak signals mark nothing", () => {
  const signal = (score: number) => ({
    signal: "opt_out",
    score,
    value: 1,
    evidence: [{ turn: 2, start: 1, end: 4, what: "a person" }],
  });
  const trace = { signals: [signal(0.3)] } as unknown as VerdictItem["trace"];
  expect(placesByTurn([verdict({ trace })]).size).toBe(0);
  const strong = { signals: [signal(0.9)] } as unknown as VerdictItem["trace"];
  expect(placesByTurn([verdict({ trace: strong })]).get(2)).toEqual([
    { signal: "opt_out", start: 1, end: 4 },
  ]);
});

test("what lets the assistant go on is not marked unless it is flagged", () => {
  expect(isNotable(verdict({ verdict: "continue" }))).toBe(false);
  expect(isNotable(verdict({ verdict: "continue", is_flagged: true }))).toBe(true);
  expect(isNotable(verdict({ verdict: "escalate" }))).toBe(true);
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
