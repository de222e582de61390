import { expect, it } from "vitest";
import { ago, clock, duration, lateness } from "./time";

it.each([
  [0, "0:00"],
  [130_400, "2:10"],
  [3_720_000, "1 h 02"],
  [260_000_000, "3 d"],
  [-5, "0:00"],
])("clock %d", (ms, expected) => expect(clock(ms)).toBe(expected));

it.each([
  [44.6, "45 s"],
  [200, "3 min 20 s"],
  [180, "3 min"],
  [3900, "1 h 5 min"],
])("duration %d", (seconds, expected) => expect(duration(seconds)).toBe(expected));

it.each([
  [60, "on_time"],
  [90, "soon"],
  [120, "late"],
])("lateness after %d s of a two-minute target", (seconds, expected) => {
  const since = "2026-01-05T10:00:00.000Z";
  const target = "2026-01-05T10:02:00.000Z";
  expect(lateness(since, target, Date.parse(since) + seconds * 1000)).toBe(expected);
});

it.each([
  [10_000, "1 min"],
  [7_200_000, "2 h"],
  [200_000_000, "2 d"],
])("ago %d", (ms, expected) => {
  expect(ago("2026-01-05T10:00:00.000Z", Date.parse("2026-01-05T10:00:00.000Z") + ms)).toBe(
    expected,
  );
});
