import type { StaffSnapshot } from "@segue/client";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { alex, holderAllowed, packet, watcherAllowed } from "../mock/brightcrate/alex";
import { COLLEAGUE } from "../mock/brightcrate/people";
import { Conversation } from "../src/pages/conversation/conversation";
import { type Call, refuse, serve, show } from "./harness";

const ID = "conv_alex";

function read(): StaffSnapshot {
  const story = alex();
  const escalation = story.state.escalation;
  return {
    ...story,
    state: {
      ...story.state,
      escalation: escalation && { ...escalation, packet_read: true },
      allowed: holderAllowed(),
    },
  };
}

type Answers = Parameters<typeof serve>[0];

function open(story: StaffSnapshot, answers: Answers = {}, id = ID) {
  const calls = serve({
    [`GET /v1/conversations/${id}`]: () => ({ body: { ...story, conversation: id } }),
    [`GET /v1/conversations/${id}/packet`]: () => ({ body: packet() }),
    ...answers,
  });
  const shown = show(<Conversation id={id} pane="story" layout="wide" />);
  return { ...shown, calls };
}

const sent = (calls: Call[], path: string) =>
  calls.filter((call) => call.method === "POST" && call.path.endsWith(path));

it("asks to read the packet before anything can be written", async () => {
  open(alex());
  expect(await screen.findByText("Read the packet to begin.")).toBeTruthy();
  expect(screen.queryByLabelText("Reply to the customer")).toBeNull();
});

it("says that the customer has left and what is still to be done", async () => {
  const story = read();
  open({ ...story, state: { ...story.state, has_customer_left: true } });
  const said = await screen.findByText("The customer has ended the conversation.");
  expect(said.closest('[role="status"]')?.textContent).toContain("Resolve it");
  expect(screen.queryByLabelText("Reply to the customer"), "nobody reads it").toBeNull();
});

it("reads with the one key, says for how long it was seen, and opens the composer", async () => {
  const { calls, push } = open(alex(), {
    [`POST /v1/conversations/${ID}/packet/read`]: () => ({ body: { version: 16, epoch: 3 } }),
  });
  await screen.findByRole("button", { name: /I have read it/ });
  fireEvent.keyDown(window, { key: "p" });
  await waitFor(() => expect(sent(calls, "/packet/read")).toHaveLength(1));
  expect(sent(calls, "/packet/read")[0]?.body).toEqual({ dwell_ms: expect.any(Number) });
  act(() =>
    push({
      type: "entry",
      conversation: ID,
      version: 16,
      items: [],
      state: { ...read().state, version: 16 },
    }),
  );
  const box = await screen.findByLabelText("Reply to the customer");
  expect(document.activeElement).toBe(box);
});

it("offers the suggested first line and inserts it with Tab, to be edited", async () => {
  open(read());
  const box = await screen.findByLabelText<HTMLTextAreaElement>("Reply to the customer");
  await screen.findByText("Suggested first line");
  fireEvent.keyDown(box, { key: "Tab" });
  expect(box.value).toBe(packet().suggested_first_line);
  expect(screen.queryByText("Suggested first line")).toBeNull();
});

it("shows what a model wrote under its own name, with what was left out behind a door", async () => {
  open(read());
  const part = within(await screen.findByRole("region", { name: "WRITTEN BY A MODEL" }));
  expect(part.getByText("Check it")).toBeTruthy();
  expect(part.getByText("small-1, from the conversation up to turn 6")).toBeTruthy();
  const link = part.getAllByRole("link", { name: "Go to turn 4" })[0];
  expect(link?.getAttribute("href")).toContain("4");
  const dropped = part.getByText("1 statement left out: nobody said it").closest("details");
  expect(dropped?.open).toBe(false);
  expect(dropped?.textContent).toContain("The customer was refunded $40.");
  // The extracted packet stands above it, as it was.
  expect(screen.getByText(packet().core_intent.text)).toBeTruthy();
});

it("shows markup that a model wrote as the text it is", async () => {
  const hostile = "<img src=x onerror=alert(1)> [open](https://evil.example)";
  const version = packet().generated;
  if (!version) throw new Error("the mock has a model's version");
  const id = "conv_hostile";
  open(
    read(),
    {
      [`GET /v1/conversations/${id}/packet`]: () => ({
        body: {
          ...packet(),
          generated: { ...version, summary: [{ text: hostile, turns: [4] }] },
        },
      }),
    },
    id,
  );
  const part = await screen.findByRole("region", { name: "WRITTEN BY A MODEL" });
  expect(part.textContent).toContain(hostile);
  expect(part.querySelector("img")).toBeNull();
  const hosts = [...part.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  expect(hosts.every((href) => href?.startsWith("/") || href?.startsWith("#"))).toBe(true);
});

it("fetches the packet anew when a model's version has come", async () => {
  const id = "conv_summed";
  let hasCome = false;
  const { push } = open(
    read(),
    {
      [`GET /v1/conversations/${id}/packet`]: () => {
        const { generated, ...bare } = packet();
        return { body: hasCome ? { ...bare, generated } : bare };
      },
    },
    id,
  );
  await screen.findByText(packet().core_intent.text);
  expect(screen.queryByText("WRITTEN BY A MODEL")).toBeNull();
  const { state } = read();
  hasCome = true;
  act(() =>
    push({
      type: "entry",
      conversation: id,
      version: 16,
      items: [
        {
          type: "summary",
          version: 16,
          at: "2026-11-22T12:00:00Z",
          model: "small-1",
          through: 6,
        },
      ],
      state: { ...state, version: 16 },
    }),
  );
  expect(await screen.findByText("WRITTEN BY A MODEL")).toBeTruthy();
});

it("sends with Enter, in the epoch it was written in", async () => {
  const id = "conv_send";
  const { calls } = open(
    read(),
    { [`POST /v1/conversations/${id}/replies`]: () => ({ body: { version: 16, epoch: 3 } }) },
    id,
  );
  const box = await screen.findByLabelText<HTMLTextAreaElement>("Reply to the customer");
  fireEvent.change(box, { target: { value: "Hello Alex" } });
  fireEvent.keyDown(box, { key: "Enter" });
  await waitFor(() => expect(box.value).toBe(""));
  expect(sent(calls, "/replies").map((call) => call.body)).toEqual([
    { text: "Hello Alex", epoch: 3 },
  ]);
});

it("keeps the text when somebody else has the floor, and says who", async () => {
  const id = "conv_lost";
  const { push } = open(
    read(),
    { [`POST /v1/conversations/${id}/replies`]: () => refuse(409, "floor_lost") },
    id,
  );
  const box = await screen.findByLabelText<HTMLTextAreaElement>("Reply to the customer");
  fireEvent.change(box, { target: { value: "A long explanation" } });
  fireEvent.keyDown(box, { key: "Enter" });
  const kept = await screen.findByRole("region", { name: "Text that was not sent" });
  expect(within(kept).getByText("A long explanation")).toBeTruthy();
  const floor = { holder: "agent", epoch: 4, agent: COLLEAGUE } as const;
  act(() =>
    push({
      type: "entry",
      conversation: id,
      version: 16,
      items: [{ type: "floor", version: 16, at: new Date().toISOString(), floor, cause: "taken" }],
      state: { ...read().state, version: 16, epoch: 4, floor, allowed: watcherAllowed() },
    }),
  );
  expect(await within(kept).findByText(/Nadia Okafor has the conversation now/)).toBeTruthy();
  expect(screen.queryByLabelText("Reply to the customer")).toBeNull();
});

it("shows what was being written when the floor went to somebody else", async () => {
  const id = "conv_taken";
  const { push } = open(read(), {}, id);
  const box = await screen.findByLabelText<HTMLTextAreaElement>("Reply to the customer");
  fireEvent.change(box, { target: { value: "I was just about to say" } });
  const floor = { holder: "agent", epoch: 4, agent: COLLEAGUE } as const;
  act(() =>
    push({
      type: "entry",
      conversation: id,
      version: 16,
      items: [{ type: "floor", version: 16, at: new Date().toISOString(), floor, cause: "taken" }],
      state: { ...read().state, version: 16, epoch: 4, floor, allowed: watcherAllowed() },
    }),
  );
  const kept = await screen.findByRole("region", { name: "Text that was not sent" });
  expect(within(kept).getByText("I was just about to say")).toBeTruthy();
});

it("leaves the reply with Escape, so that the keys of the page work", async () => {
  open(read(), {}, "conv_keys");
  const box = await screen.findByLabelText<HTMLTextAreaElement>("Reply to the customer");
  fireEvent.change(box, { target: { value: "Half a thought" } });
  fireEvent.keyDown(box, { key: "e" });
  expect(screen.queryByRole("dialog")).toBeNull();
  fireEvent.keyDown(box, { key: "Escape" });
  const log = screen.getByRole("log", { name: "What was said" });
  expect(document.activeElement).toBe(log);
  fireEvent.keyDown(log, { key: "e" });
  expect(await screen.findByRole("dialog", { name: "Resolve" })).toBeTruthy();
});

it("keeps the text in the box when the line is away", async () => {
  const id = "conv_offline";
  open(read(), { [`POST /v1/conversations/${id}/replies`]: () => refuse(503, "busy") }, id);
  const box = await screen.findByLabelText<HTMLTextAreaElement>("Reply to the customer");
  fireEvent.change(box, { target: { value: "Not lost" } });
  fireEvent.keyDown(box, { key: "Enter" });
  expect(await screen.findByRole("alert")).toBeTruthy();
  expect(box.value).toBe("Not lost");
});

it("shows what is not allowed with its reason instead of hiding it", async () => {
  const story = alex();
  const floor = { holder: "queue", epoch: 3, queue: "billing", queue_name: "Billing" } as const;
  open({ ...story, state: { ...story.state, floor, allowed: watcherAllowed() } });
  const resolve = await screen.findByRole("button", { name: "Resolve" });
  expect(resolve.getAttribute("aria-disabled")).toBe("true");
  const reason = resolve.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(reason)?.textContent).toBe("Take the conversation first.");
});

it("resolves with the suggested root cause and a disposition that must be chosen", async () => {
  const { calls } = open(read(), {
    [`POST /v1/conversations/${ID}/resolve`]: () => ({ body: { version: 16, epoch: 4 } }),
  });
  fireEvent.click(await screen.findByRole("button", { name: "Resolve" }));
  const dialog = await screen.findByRole("dialog", { name: "Resolve" });
  const confirm = within(dialog).getByRole<HTMLButtonElement>("button", { name: "Resolve" });
  expect(confirm.disabled).toBe(true);
  fireEvent.click(within(dialog).getByLabelText("Solved"));
  fireEvent.click(confirm);
  await waitFor(() => expect(sent(calls, "/resolve")).toHaveLength(1));
  expect(sent(calls, "/resolve")[0]?.body).toMatchObject({
    root_cause: "AI_Looping",
    disposition: "solved",
  });
});

it("shows markup as text and asks before it opens an address", async () => {
  const story = alex();
  const hostile = "<img src=x onerror=alert(1)> see https://evil.example/x";
  const items = story.items.map((item) =>
    item.type === "turn" && item.turn === 6 ? { ...item, text: hostile } : item,
  );
  open({ ...story, items });
  await screen.findByRole("button", { name: "https://evil.example/x" });
  const turn = document.getElementById("turn-6");
  expect(turn?.textContent).toContain("<img src=x onerror=alert(1)> see");
  expect(document.querySelector("img")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "https://evil.example/x" }));
  expect(await screen.findByRole("dialog", { name: "Open evil.example?" })).toBeTruthy();
});

it("marks in the turn what led to the handoff", async () => {
  open(alex());
  await screen.findByText("Handed over");
  const marks = [...document.querySelectorAll("#turn-6 mark")];
  expect(marks.map((mark) => [mark.textContent, mark.getAttribute("title")])).toEqual([
    ["talk to a person", "Evidence of opt_out"],
  ]);
});

it("says where the floor changed: who, why, when", async () => {
  open(alex());
  const seam = (await screen.findByText("Handed over")).closest("p");
  expect(seam?.textContent).toContain("asked for a person");
  expect(seam?.textContent).toContain("to Billing");
});

it("does not go on showing what went to people of another team", async () => {
  const { push } = open(read());
  await screen.findByLabelText("Reply to the customer");
  act(() =>
    push({
      type: "error",
      code: "conversation_unknown",
      message: "there is no such conversation, or it went to others",
      conversation: ID,
    }),
  );
  expect(await screen.findByText("It went to another team")).toBeTruthy();
  expect(screen.queryByLabelText("Reply to the customer")).toBeNull();
});

it("says what the draft asks again, inserts it, and never holds the message back", async () => {
  const { calls } = open(read(), {
    [`POST /v1/conversations/${ID}/hint`]: () => ({
      body: { hints: [{ asked: "reference", value: "#88-1234", turn: 3 }] },
    }),
    [`POST /v1/conversations/${ID}/replies`]: () => ({ body: { version: 17, epoch: 3, turn: 9 } }),
  });
  const box = await screen.findByLabelText<HTMLTextAreaElement>("Reply to the customer");
  fireEvent.change(box, { target: { value: "What is your order number?" } });
  const insert = await screen.findByRole("button", { name: "Insert #88-1234" });
  const region = insert.closest('[role="status"]');
  expect(region?.textContent).toContain("They already gave the number: #88-1234");
  expect(sent(calls, "/hint")[0]?.body).toEqual({ draft: "What is your order number?" });
  fireEvent.click(insert);
  expect(box.value).toBe("What is your order number? #88-1234");
  fireEvent.keyDown(box, { key: "Escape" });
  expect(screen.queryByText(/They already gave/)).toBeNull();
  fireEvent.change(box, { target: { value: "What is your order number, please?" } });
  fireEvent.keyDown(box, { key: "Enter" });
  await waitFor(() => expect(sent(calls, "/replies")).toHaveLength(1));
});
