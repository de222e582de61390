import type { OfferCard } from "@segue/client";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { alex } from "../mock/brightcrate/alex";
import { offer } from "../mock/brightcrate/inbox";
import { COLLEAGUE } from "../mock/brightcrate/people";
import { LOST_SHOWN_MS, Offers } from "../src/pages/inbox/offers";
import { refuse, serve, show } from "./harness";

function open(answers: Parameters<typeof serve>[0], offers: OfferCard[] = [offer()]) {
  const calls = serve(answers);
  return { calls, ...show(<Offers offers={offers} />) };
}

it("shows who waits, for how long, and how long the offer lasts", () => {
  open({});
  const card = screen.getByRole("article", { name: /Refund for 40 voided labels/ });
  expect(within(card).getByRole("timer").getAttribute("aria-label")).toMatch(/seconds left/);
  expect(within(card).getByText(/high-stakes topic/)).toBeTruthy();
});

it("accepts with A and opens the conversation", async () => {
  const { calls } = open({
    "POST /v1/offers/off_1/accept": () => ({
      body: { conversation: "conv_noor", version: 12, epoch: 3 },
    }),
  });
  fireEvent.keyDown(window, { key: "a" });
  await waitFor(() => expect(window.location.hash).toBe("#/conversations/conv_noor"));
  expect(calls).toHaveLength(1);
});

it("declines with D, after asking why", async () => {
  const { calls } = open({ "POST /v1/offers/off_1/decline": () => ({ status: 204 }) });
  fireEvent.keyDown(window, { key: "d" });
  const dialog = await screen.findByRole("dialog", { name: "Decline this offer" });
  const confirm = within(dialog).getByRole<HTMLButtonElement>("button", { name: "Decline" });
  expect(confirm.disabled).toBe(true);
  fireEvent.click(within(dialog).getByLabelText(/Not mine/));
  fireEvent.click(confirm);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(calls[0]?.body).toEqual({ reason: "not_mine" });
});

it("leaves keys alone while somebody types", () => {
  const { calls } = open({});
  const input = document.body.appendChild(document.createElement("input"));
  fireEvent.keyDown(input, { key: "a" });
  expect(calls).toHaveLength(0);
  input.remove();
});

it("says who was faster, and goes away by itself", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const story = alex();
  const floor = { holder: "agent", epoch: 4, agent: COLLEAGUE };
  const taken = { ...story, conversation: "conv_noor", state: { ...story.state, floor } };
  open({
    "POST /v1/offers/off_1/accept": () => refuse(409, "offer_gone"),
    "GET /v1/conversations/conv_noor": () => ({ body: taken }),
  });
  fireEvent.click(screen.getByRole("button", { name: /Accept/ }));
  expect(await screen.findByText(/Nadia Okafor took this one first/)).toBeTruthy();
  expect(screen.queryByRole("article")).toBeNull();
  await vi.advanceTimersByTimeAsync(LOST_SHOWN_MS + 100);
  await waitFor(() => expect(screen.queryByText(/Nadia Okafor/)).toBeNull());
});
