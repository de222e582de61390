import { fireEvent, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { breakdown, cases, dashboard } from "../mock/brightcrate/dashboard";
import Dashboard from "../src/pages/dashboard/dashboard";
import { serve, show } from "./harness";

it("says what the escalation rate counts, and what of all conversations went to people", async () => {
  serve({ "GET /v1/dashboard?include_demo=true&days=28": () => ({ body: dashboard(28, true) }) });
  show(<Dashboard days={28} includeDemo />);
  const card = await screen.findByRole("region", { name: "Escalation rate" });
  expect(
    within(card).getByText(/98 of 398 conversations in which the assistant took/),
  ).toBeTruthy();
  const split = screen.getByRole("region", { name: /called in for 131 of 412 conversations/ });
  expect(within(split).getByText(/Before the assistant had any part: 33\./)).toBeTruthy();
  expect(within(split).getByText("The customer asked for one")).toBeTruthy();
});

it("leads from a number to its conversations, and keeps the filter in the address", async () => {
  serve({
    "GET /v1/dashboard?include_demo=true&days=28&queue=billing": () => ({
      body: dashboard(28, true),
    }),
    "GET /v1/metrics/breakdown?include_demo=true&days=28&queue=billing&by=rule": () => ({
      body: breakdown("rule"),
    }),
  });
  show(<Dashboard days={28} includeDemo filter={{ queue: "billing" }} />);
  const card = await screen.findByRole("region", { name: "Escalation rate" });
  fireEvent.click(within(card).getByText("How it is counted"));
  const link = within(card).getByRole("link", { name: "98 that count" });
  expect(link.getAttribute("href")).toBe("#/dashboard?show=hits.escalation_rate&queue=billing");
  const chosen = screen.getByRole("navigation", { name: "Chosen" });
  expect(within(chosen).getByRole("link").getAttribute("href")).toBe("#/dashboard");
});

it("lists the conversations behind a number with the way to each story", async () => {
  const url = "GET /v1/metrics/conversations?include_demo=true&days=28&hits=escalation_rate";
  serve({ [url]: () => ({ body: cases() }) });
  const behind = { kind: "hits", key: "escalation_rate" } as const;
  show(<Dashboard days={28} includeDemo behind={behind} />);
  const list = await screen.findByRole("region", { name: "Escalation rate: 3 conversations" });
  const rows = within(list).getAllByRole("row");
  expect(rows).toHaveLength(4);
  const first = within(rows[1] as HTMLElement);
  expect(first.getByRole("link").getAttribute("href")).toBe("#/conversations/conv_alex");
  expect(first.getByText("second_fallback")).toBeTruthy();
});

it("sorts what is grouped, small rows as if cases of the whole were added", async () => {
  serve({
    "GET /v1/dashboard?include_demo=true&days=28": () => ({ body: dashboard(28, true) }),
    "GET /v1/metrics/breakdown?include_demo=true&days=28&by=topic": () => ({
      body: breakdown("topic"),
    }),
  });
  show(<Dashboard days={28} includeDemo by="topic" />);
  const table = await screen.findByRole("table", { name: "Every figure by" });
  const names = () =>
    within(table)
      .getAllByRole("rowheader")
      .map((cell) => cell.textContent);
  expect(names()).toEqual([
    "General inquiries",
    "billing_dispute",
    "refund_return",
    "legal",
    "All together",
  ]);
  fireEvent.click(within(table).getByRole("button", { name: "Escalation rate" }));
  // Six of nine are two in three, but of nine one cannot say: two in three of many go before.
  expect(names().slice(0, 2)).toEqual(["billing_dispute", "legal"]);
  const sorted = within(table).getByRole("columnheader", { name: /Escalation rate/ });
  expect(sorted.getAttribute("aria-sort")).toBe("descending");
  const legal = within(table).getByRole("link", { name: "legal" });
  expect(legal.getAttribute("href")).toBe("#/dashboard?by=topic&topic=legal");
});

it("says that the figures are a part while the log is being read", async () => {
  const body = { ...dashboard(28, true), rebuild: { read_up_to: 250, end: 1000 } };
  serve({ "GET /v1/dashboard?include_demo=true&days=28": () => ({ body }) });
  show(<Dashboard days={28} includeDemo />);
  expect((await screen.findByText(/25 % is read/)).getAttribute("role")).toBe("status");
});
