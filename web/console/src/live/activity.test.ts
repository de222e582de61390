import { expect, it } from "vitest";
import { watchActivity } from "./activity";

it("hears what is done, once", () => {
  const page = new EventTarget();
  const wasActive = watchActivity(page);
  expect(wasActive()).toBe(false);
  page.dispatchEvent(new Event("keydown"));
  page.dispatchEvent(new Event("wheel"));
  expect(wasActive()).toBe(true);
  expect(wasActive()).toBe(false);
  page.dispatchEvent(new Event("visibilitychange"));
  expect(wasActive()).toBe(false);
});
