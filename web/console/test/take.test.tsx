import type { StaffSnapshot } from "@segue/client";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { alex, packet, watcherAllowed } from "../mock/brightcrate/alex";
import { COLLEAGUE, me } from "../mock/brightcrate/people";
import { Conversation } from "../src/pages/conversation/conversation";
import { type Call, serve, show } from "./harness";

const taken = (calls: Call[]) => calls.filter((call) => call.path.endsWith("/take"));

function open(id: string, state: Partial<StaffSnapshot["state"]>) {
  const story = alex();
  const calls = serve({
    [`GET /v1/conversations/${id}`]: () => ({
      body: { ...story, conversation: id, state: { ...story.state, ...state } },
    }),
    [`GET /v1/conversations/${id}/packet`]: () => ({ body: packet() }),
    [`POST /v1/conversations/${id}/take`]: () => ({ body: { version: 16, epoch: 4 } }),
  });
  show(<Conversation id={id} pane="story" layout="wide" />);
  return calls;
}

const held = { holder: "agent", epoch: 3, agent: COLLEAGUE } as const;

it("asks before a colleague loses the floor: who has it, what happens, and why", async () => {
  const calls = open("conv_held", { floor: held, allowed: watcherAllowed() });
  const [button] = await screen.findAllByRole("button", { name: "Take over" });
  if (button) fireEvent.click(button);
  const dialog = await screen.findByRole("dialog", { name: "Take this from Nadia Okafor?" });
  expect(taken(calls)).toHaveLength(0);
  expect(within(dialog).getByText(/They lose the floor at once/)).toBeTruthy();
  const confirm = within(dialog).getByRole<HTMLButtonElement>("button", { name: "Take over" });
  expect(confirm.disabled).toBe(true);
  fireEvent.change(within(dialog).getByLabelText("Why?"), { target: { value: "She is away." } });
  fireEvent.click(confirm);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(taken(calls).map((call) => call.body)).toEqual([{ epoch: 3, note: "She is away." }]);
});

it("asks in the composer's own button as well", async () => {
  open("conv_held_2", { floor: held, allowed: watcherAllowed() });
  const gate = await screen.findByText("Nadia Okafor has this conversation.", {
    selector: ".composer-gate p",
  });
  const button = gate.parentElement?.querySelector("button");
  if (button) fireEvent.click(button);
  expect(await screen.findByRole("dialog", { name: /Nadia Okafor/ })).toBeTruthy();
});

it("has what waits taken before anything is written, in one press", async () => {
  const allowed = { ...watcherAllowed(), reply: { ok: true } } as const;
  const floor = { holder: "queue", epoch: 3, queue: "billing", queue_name: "Billing" } as const;
  const calls = open("conv_waits", { floor, allowed });
  const gate = await screen.findByText(/Nobody has this conversation yet/);
  expect(screen.queryByLabelText("Reply to the customer")).toBeNull();
  const button = gate.parentElement?.querySelector("button");
  if (button) fireEvent.click(button);
  await waitFor(() => expect(taken(calls)).toHaveLength(1));
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("asks who answers what the customer wrote last when it is handed back", async () => {
  const story = alex();
  const [last] = story.items
    .filter((item) => item.type === "turn" && item.author.kind === "customer")
    .slice(-1);
  const turn = last?.type === "turn" ? last.turn : 0;
  const allowed = { ...watcherAllowed(), hand_back: { ok: true } } as const;
  const floor = { holder: "agent", epoch: 3, agent: me().agent } as const;
  const calls = open("conv_back", { floor, allowed, open_question: turn });
  const [button] = await screen.findAllByRole("button", { name: "Hand back" });
  if (button) fireEvent.click(button);
  const dialog = await screen.findByRole("dialog", { name: "Hand back to the assistant" });
  expect(within(dialog).getByText(/^They wrote/)).toBeTruthy();
  fireEvent.click(within(dialog).getByLabelText("My line to the customer answers it"));
  fireEvent.change(within(dialog).getByLabelText("Line to the customer"), {
    target: { value: "It is settled." },
  });
  fireEvent.change(within(dialog).getByLabelText("Brief for the assistant"), {
    target: { value: "Address verified." },
  });
  fireEvent.change(within(dialog).getByRole("combobox"), { target: { value: "Policy" } });
  fireEvent.click(within(dialog).getByRole("button", { name: "Hand back" }));
  await waitFor(() => expect(calls.some((call) => call.path.endsWith("/hand_back"))).toBe(true));
  const sent = calls.find((call) => call.path.endsWith("/hand_back"));
  expect(sent?.body).toMatchObject({ is_answer_owed: false, brief: "Address verified." });
});
