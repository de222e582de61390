import type { Ratio } from "@segue/client";
import { expect, it } from "vitest";
import { percent, standing } from "./numbers";

it.each([
  [null, "–"],
  [0.7449, "74\u00a0%"],
  [0.9634, "96.3\u00a0%"],
  [1, "100\u00a0%"],
  [0, "0\u00a0%"],
])("percent %d", (value, expected) => expect(percent(value)).toBe(expected));

const ratio = (value: number | null): Ratio => ({
  value,
  numerator: 1,
  denominator: 2,
  lo: null,
  hi: null,
  target: { lo: 0.2, hi: 0.3 },
  is_provisional: false,
  previous: null,
  formula: "",
  conversations: [],
});

it.each([
  [null, "unknown"],
  [0.1, "below"],
  [0.2, "within"],
  [0.3, "within"],
  [0.31, "above"],
])("standing %d", (value, expected) => expect(standing(ratio(value))).toBe(expected));
