import { describe, expect, it } from "vitest";
import { placeAt } from "./place";
import { about, keysOf, type Schema, schemasAt, valuesOf } from "./schema";

/** The place at the bar. */
function at(marked: string) {
  const offset = marked.indexOf("|");
  const place = placeAt(marked.replace("|", ""), offset);
  if (place === null) return null;
  const written = marked.slice(place.from, offset);
  return { path: place.path.join("/"), kind: place.kind, written, has: place.siblings.join() };
}

describe("the place of the cursor", () => {
  it.each([
    ["the first level", "policy: x\nba|", { path: "", kind: "key", written: "ba", has: "policy" }],
    ["beneath a key", "bands:\n  fl|", { path: "bands", kind: "key", written: "fl", has: "" }],
    [
      "beside a key",
      "bands:\n  floor: 0.6\n  |\n  signals: []\nrules: []",
      { path: "bands", kind: "key", written: "", has: "floor,signals" },
    ],
    [
      "a value",
      "bands:\n  floor: 0.|",
      { path: "bands/floor", kind: "value", written: "0.", has: "" },
    ],
    [
      "a key of an item",
      "rules:\n  - id: a\n    when: x\n    th|",
      { path: "rules/0", kind: "key", written: "th", has: "when,id" },
    ],
    ["an item", "rules:\n  - i|", { path: "rules/0", kind: "either", written: "i", has: "" }],
    [
      "a list as far left as its key",
      "rules:\n- id: a\n  wh|",
      { path: "rules/0", kind: "key", written: "wh", has: "id" },
    ],
    [
      "the second of two items",
      "rules:\n  - id: a\n    when: x\n  - id: b\n    |",
      { path: "rules/0", kind: "key", written: "", has: "id" },
    ],
    [
      "deep in a tree of conditions",
      "rules:\n  - id: a\n    when:\n      all:\n        - any:\n            - sig|",
      { path: "rules/0/when/all/0/any/0", kind: "either", written: "sig", has: "" },
    ],
    [
      "a key in braces",
      "rules:\n  - when: {signal: anger, i|",
      { path: "rules/0/when", kind: "key", written: "i", has: "signal" },
    ],
    [
      "a value in braces",
      "rules:\n  - when: {signal: ang|",
      { path: "rules/0/when/signal", kind: "value", written: "ang", has: "signal" },
    ],
    [
      "an item that is a map in braces",
      "when:\n  all:\n    - {sig|",
      { path: "when/all/0", kind: "key", written: "sig", has: "" },
    ],
    [
      "a list in brackets",
      "bands:\n  signals: [answer_confidence, re|",
      { path: "bands/signals/0", kind: "value", written: "re", has: "" },
    ],
    [
      "behind braces that are closed",
      "a: {b: {c: 1}, d|",
      { path: "a", kind: "key", written: "d", has: "b" },
    ],
  ])("%s", (_, marked, expected) => expect(at(marked)).toEqual(expected));

  it.each([
    ["a comment", "bands: # the |"],
    ["a folded text", "wording:\n  welcome: >-\n    Hello th|"],
  ])("is nowhere in %s", (_, marked) => expect(at(marked)).toBeNull());
});

const SCHEMA: Schema = {
  $defs: {
    condition: {
      oneOf: [
        { properties: { all: { type: "array", items: { $ref: "#/$defs/condition" } } } },
        {
          required: ["signal"],
          properties: {
            signal: { enum: ["anger", "opt_out"], description: "what is read" },
            is: { type: "boolean" },
          },
        },
      ],
    },
  },
  properties: {
    rules: {
      type: "array",
      items: { properties: { when: { $ref: "#/$defs/condition" } } },
    },
    queues: {
      additionalProperties: { properties: { hours: { anyOf: [{ const: "always" }, {}] } } },
    },
  },
};

const words = (all: { word: string }[]) => all.map(({ word }) => word).join();

describe("what the schema offers", () => {
  it("follows references and choices, the necessary first", () => {
    expect(words(keysOf(schemasAt(SCHEMA, ["rules", 0, "when", "all", 0])))).toBe("signal,all,is");
  });
  it("knows values and what a key means", () => {
    const signal = schemasAt(SCHEMA, ["rules", 0, "when", "signal"]);
    expect(words(valuesOf(signal))).toBe("anger,opt_out");
    expect(about(signal)).toBe("what is read");
    expect(words(valuesOf(schemasAt(SCHEMA, ["rules", 0, "when", "is"])))).toBe("true,false");
  });
  it("goes through maps with names of one's own", () => {
    expect(words(valuesOf(schemasAt(SCHEMA, ["queues", "billing", "hours"])))).toBe("always");
  });
  it("offers nothing where it knows nothing", () => {
    expect(schemasAt(SCHEMA, ["nowhere", "at", 0, "all"])).toEqual([]);
  });
});
