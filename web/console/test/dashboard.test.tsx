import { fireEvent, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { dashboard } from "../mock/brightcrate/dashboard";
import Dashboard from "../src/pages/dashboard/dashboard";
import { serve, show } from "./harness";

const ids = (n: number) => Array.from({ length: n }, (_, at) => `conv_${at}`);

function withEscalated(n: number) {
  const figures = dashboard(28, true);
  return { ...figures, escalation_rate: { ...figures.escalation_rate, conversations: ids(n) } };
}

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

it("shows the newest conversations behind a number, and all of them on request", async () => {
  serve({
    "GET /v1/dashboard?include_demo=true&days=28": () => ({ body: withEscalated(20) }),
    "GET /v1/dashboard?include_demo=true&days=28&shown=1000": () => ({ body: withEscalated(22) }),
  });
  show(<Dashboard days={28} includeDemo />);
  const card = await screen.findByRole("region", { name: "Escalation rate" });
  fireEvent.click(within(card).getByText("How it is counted"));
  expect(within(card).getAllByRole("link", { hidden: true })).toHaveLength(20);
  expect(within(card).getByText("The newest 20.")).toBeTruthy();
  fireEvent.click(within(card).getByText("Show all"));
  await within(card).findByText("conv_21");
  expect(within(card).queryByText("Show all")).toBeNull();
});
