import type { TuneRequest } from "@segue/client";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { dashboard } from "../mock/brightcrate/dashboard";
import { reviewItems, tune } from "../mock/brightcrate/trying";
import Review from "../src/pages/review/review";
import Tuning from "../src/pages/tuning/tuning";
import { serve, show } from "./harness";

function openReview() {
  const items = reviewItems();
  const calls = serve({
    "GET /v1/review?limit=20": () => ({ body: { items, waiting: 3, graded_today: 9 } }),
    "POST /v1/review/grades": () => ({ body: {} }),
  });
  show(<Review />);
  return () => calls.filter(({ method }) => method === "POST").map(({ body }) => body);
}

const press = (key: string) => fireEvent.keyDown(window, { key });

it("judges one answer after the other with the keyboard, and takes one back", async () => {
  const graded = openReview();
  await screen.findByText("Do I need a customs form for a parcel to Norway?");
  expect(screen.getByText("The customer saw this")).toBeTruthy();
  press("1");
  await screen.findByText("Can I use one label for two parcels of the same order?");
  expect(screen.getByRole("status").textContent).toBe("10 checked today, 2 waiting");
  press("u");
  await screen.findByText("Do I need a customs form for a parcel to Norway?");
  expect(screen.getByRole("button", { name: /Right/, pressed: true })).toBeTruthy();
  press("2");
  await screen.findByText("Can I use one label for two parcels of the same order?");
  expect(graded()).toEqual([
    { conversation: "conv_alex", text_ref: 3, grade: "right" },
    { conversation: "conv_alex", text_ref: 3, grade: "wrong" },
  ]);
});

it("comes to a calm end", async () => {
  openReview();
  await screen.findByText(/customs form/);
  press("1");
  await screen.findByText(/one label for two parcels/);
  press("3");
  await screen.findByText(/shipping history/);
  expect(screen.getByText(/Held back: the customer did not see this/)).toBeTruthy();
  press("2");
  expect(await screen.findByText("All through for today")).toBeTruthy();
});

it("keeps the answer on the page when the judgement could not be kept", async () => {
  serve({
    "GET /v1/review?limit=20": () => ({
      body: { items: reviewItems(), waiting: 3, graded_today: 0 },
    }),
  });
  show(<Review />);
  await screen.findByText(/customs form/);
  press("1");
  await screen.findByRole("alert");
  expect(screen.getByText(/customs form/)).toBeTruthy();
});

it("recommends a threshold with its promise, and leads to the editor with it", async () => {
  const wanted: unknown[] = [];
  serve({
    "GET /v1/dashboard?include_demo=true&days=28": () => ({ body: dashboard(28, true) }),
    "POST /v1/policy/tune": ({ body }) => {
      wanted.push(body);
      return { body: tune(body as TuneRequest) };
    },
  });
  show(<Tuning />);
  const link = await screen.findByRole("link", { name: "Try this threshold" });
  expect(link.getAttribute("href")).toBe("#/policy?accept=0.75");
  expect(screen.getByText(/90 % sure that fewer than 10 % of the answers are wrong/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Table" }));
  expect(screen.getByRole("row", { name: /0.75 · recommended .* yes/ })).toBeTruthy();
  // What a threshold cannot say: when rules are too early, too late, or silent.
  const timing = await screen.findByRole("table", { name: "Too early, too late, missed" });
  expect(within(timing).getByRole("row", { name: /^second_fallback 31 6 4 5/ })).toBeTruthy();
  fireEvent.change(screen.getByLabelText("Of the answers, at most"), { target: { value: "0.05" } });
  await waitFor(() =>
    expect(wanted).toEqual([
      { alpha: 0.1, delta: 0.1, days: 28 },
      { alpha: 0.05, delta: 0.1, days: 28 },
    ]),
  );
});

it("refuses with how many more are needed, and raises the alarm", async () => {
  const few = tune({ alpha: 0.1, delta: 0.1, days: 7 });
  const alarm = { fired: true, level: 1200, sentence: "Of the last 60 answers 14 were wrong." };
  serve({
    "GET /v1/dashboard?include_demo=true&days=28": () => ({ body: dashboard(28, true) }),
    "POST /v1/policy/tune": () => ({ body: { ...few, alarm } }),
  });
  show(<Tuning />);
  expect(await screen.findByText("30 more checked answers are needed.")).toBeTruthy();
  expect(screen.getByRole("alert").textContent).toContain("14 were wrong");
  expect(screen.queryByRole("link", { name: "Try this threshold" })).toBeNull();
});
