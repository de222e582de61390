import { expect, it } from "vitest";
import { ActiveTime, IDLE_AFTER_MS } from "./active-time";

it("counts only the time in which somebody worked", () => {
  const time = new ActiveTime();
  time.tick("c", 0, true, 0);
  time.tick("c", 1000, true, 0);
  time.tick("c", 2000, false, 0); // the page is hidden
  time.tick("c", 3000, true, 3000 - IDLE_AFTER_MS - 1); // nobody touched anything
  time.tick("c", 4000, true, 4000);
  expect(time.read("c")).toBe(2000);
});

it("takes a jump of the clock for sleep", () => {
  const time = new ActiveTime();
  time.tick("c", 0, true, 0);
  time.tick("c", 3_600_000, true, 3_600_000);
  expect(time.read("c")).toBe(2000);
});

it("keeps conversations apart", () => {
  const time = new ActiveTime();
  time.tick("a", 0, true, 0);
  time.tick("a", 1000, true, 1000);
  time.pause();
  time.tick("b", 2000, true, 2000);
  time.tick("b", 2500, true, 2500);
  expect([time.read("a"), time.read("b")]).toEqual([1000, 500]);
  time.clear("a");
  expect(time.read("a")).toBe(0);
});
