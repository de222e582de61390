import type { Dashboard, Ratio } from "@segue/client";
import { expect, it } from "vitest";
import { percent, standing, trendOf, trendTitle, wilson } from "./numbers";

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

const week = (name: string, n: number, n_escalated: number, resolution: number | null) => ({
  week: name,
  n,
  n_escalated,
  resolution,
  csat_after_escalation: null,
});
const WEEKS = [
  week("2026-W01", 3, 3, 0),
  week("2026-W02", 200, 80, 0.5),
  week("2026-W03", 0, 1, null),
  week("2026-W04", 200, 40, 0.7),
  week("2026-W05", 2, 0, 1),
];

it("draws the weeks of which something can be said, and marks the cut ones", () => {
  const { escalated, resolved } = trendOf(WEEKS);
  expect(escalated.map((it) => [it.week, it.value, it.isCut])).toEqual([
    ["2026-W01", 1, true],
    ["2026-W02", 0.4, false],
    ["2026-W04", 0.2, false],
    ["2026-W05", 0, true],
  ]);
  expect(resolved.map((it) => it.value)).toEqual([0, 0.5, 0.7, 1]);
});

// Against the published table of the Wilson interval for 10 of 20.
it("knows the interval of a share", () => {
  const { lo, hi } = wilson(0.5, 20);
  expect([lo.toFixed(3), hi.toFixed(3)]).toEqual(["0.299", "0.701"]);
});

const said = (weeks: Dashboard["weeks"]) =>
  trendTitle({ weeks } as Dashboard, ((key: string) => key) as never);

it.each([
  ["fell", WEEKS, "titles.trend_fell"],
  ["too few", WEEKS.slice(0, 3), "titles.trend_few"],
  [
    "chance",
    [WEEKS[0], week("2026-W02", 9, 4, 0.5), week("2026-W03", 9, 3, 0.5), WEEKS[4]],
    "titles.trend_same",
  ],
])("says of the trend: %s", (_, weeks, expected) => {
  expect(said(weeks as Dashboard["weeks"])).toBe(expected);
});
