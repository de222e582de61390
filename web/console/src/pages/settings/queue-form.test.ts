import type { Queue } from "@segue/client";
import { expect, it } from "vitest";
import { fromForm, toForm, wrongDays } from "./queue-form";

const queue: Queue = {
  key: "billing",
  name: "Billing",
  team: "Finance operations",
  skills: ["billing", "refunds"],
  zone: "Europe/Berlin",
  hours: {
    mon: [
      ["08:00", "12:00"],
      ["13:00", "17:30"],
    ],
    fri: [["08:00", "14:00"]],
  },
  holidays: ["2026-12-25"],
  is_always: false,
  target_s: 90,
  offer_s: 30,
  overflow_after_s: 300,
  overflow_to: "general",
};

it("is the same after the form", () => {
  expect(fromForm(toForm(queue))).toEqual(queue);
});

it.each([
  ["08:00-17:00", false],
  ["08:00 – 12:00, 13:00-24:00", false],
  ["8-17", true],
  ["08:00-25:00", true],
])("hours %j", (text, isWrong) => {
  const form = toForm(queue);
  form.hours.tue = text;
  expect(wrongDays(form)).toEqual(isWrong ? ["tue"] : []);
});
