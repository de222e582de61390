import { expect, it } from "vitest";
import { applyEdits, editBands, readBands } from "./bands";

const TEXT = `# Our policy
policy: ours
bands:
  floor: 0.65   # below it, no answer
  accept: 0.70  # from here on it is said
  signals: [answer_confidence]
topics:
  billing:
    builtin: true
    bands: {floor: 0.7, accept: 0.8} # stricter
  shipping:
    builtin: true
`;

const change = (topic: string | null, wanted: { floor?: number; accept?: number }) =>
  applyEdits(TEXT, editBands(TEXT, topic, wanted));

it("reads the policy's thresholds and those of topics", () => {
  expect(readBands(TEXT)).toEqual([
    { topic: null, floor: 0.65, accept: 0.7 },
    { topic: "billing", floor: 0.7, accept: 0.8 },
  ]);
});

it("changes one number and nothing else", () => {
  expect(change(null, { accept: 0.75 })).toBe(TEXT.replace("accept: 0.70  #", "accept: 0.75  #"));
});

it("changes a topic's own thresholds inside braces", () => {
  expect(change("billing", { floor: 0.72 })).toBe(TEXT.replace("floor: 0.7,", "floor: 0.72,"));
});

it("takes the floor along when the accept threshold falls below it", () => {
  expect(readBands(change(null, { accept: 0.6 }))[0]).toEqual({
    topic: null,
    floor: 0.6,
    accept: 0.6,
  });
});

it("takes the accept threshold along when the floor rises above it", () => {
  expect(readBands(change(null, { floor: 0.8 }))[0]).toEqual({
    topic: null,
    floor: 0.8,
    accept: 0.8,
  });
});

it("stays within 0 and 1 and in hundredths", () => {
  expect(readBands(change(null, { accept: 1.7 }))[0]?.accept).toBe(1);
  expect(readBands(change(null, { accept: 0.7349 }))[0]?.accept).toBe(0.73);
});

it.each([
  ["no thresholds", "policy: x\nrules: []\n"],
  ["a threshold that is no number", "bands:\n  floor: low\n  accept: 0.7\n"],
  ["nothing", ""],
])("has nothing to change where there is %s", (_, text) => {
  expect(readBands(text)).toEqual([]);
  expect(editBands(text, null, { accept: 0.8 })).toEqual([]);
});
