import type { Inbox as InboxData } from "@segue/client";
import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import i18next from "i18next";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { alexRow } from "../mock/brightcrate/alex";
import { dashboard } from "../mock/brightcrate/dashboard";
import { inbox } from "../mock/brightcrate/inbox";
import { chooseLanguage } from "../src/i18n";
import { seen } from "../src/lib/seen";
import { Conversations } from "../src/pages/conversations";
import { inLanguage } from "../src/pages/dashboard/numbers";
import { Drafts } from "../src/pages/drafts";
import { Inbox } from "../src/pages/inbox/inbox";
import { Rail } from "../src/shell/rail";
import { serve, show } from "./harness";

const mine = (last_at: string) => ({
  ...inbox(),
  offers: [],
  waiting: [],
  mine: [{ ...alexRow(), last_at }],
});
const inboxOf = (of: InboxData) => ({ type: "inbox", seq: 1, inbox: of }) as const;
const FIRST = "2026-01-05T10:00:00.000Z";
const LATER = "2026-01-05T10:05:00.000Z";

beforeEach(() => {
  serve({});
});

afterEach(() => act(() => chooseLanguage("en")));

const list = () => screen.getByRole("region", { name: /^(Mine|Meine)/ });

it("marks what the customer wrote since it was last looked at, in words", () => {
  const { push } = show(<Inbox route={{ page: "inbox" }} />);
  act(() => push(inboxOf(mine(FIRST))));
  expect(within(list()).getByText("New message")).toBeTruthy();
  act(() => seen.mark("conv_alex", FIRST));
  expect(within(list()).queryByText("New message")).toBeNull();
  act(() => push(inboxOf(mine(LATER))));
  expect(within(list()).getByText("New message")).toBeTruthy();
});

it("has no mark on the conversation that is open", async () => {
  const route = { page: "conversation", id: "conv_alex", pane: "story" } as const;
  const { push } = show(<Inbox route={route} />);
  act(() => push(inboxOf(mine("2026-01-05T11:00:00.000Z"))));
  await waitFor(() => expect(within(list()).queryByText("New message")).toBeNull());
});

it("counts in the title of the page what wants somebody", () => {
  const { push } = show(<Rail page="dashboard" onHelp={vi.fn()} />);
  expect(document.title).toBe("Brightcrate – Segue");
  act(() => push(inboxOf(mine("2026-01-05T12:00:00.000Z"))));
  expect(document.title).toBe("(1) Brightcrate – Segue");
});

it("shows how sure the assistant was of a draft", () => {
  const { push } = show(<Drafts />);
  act(() => push(inboxOf(inbox())));
  const draft = screen.getByRole("article", { name: "Draft for Lena Fischer" });
  expect(within(draft).getByText("confidence 0.74")).toBeTruthy();
});

it("speaks the language that is chosen, at once and the next time", async () => {
  show(<Rail page="inbox" onHelp={vi.fn()} />);
  fireEvent.change(screen.getByLabelText("Language"), { target: { value: "de" } });
  expect(await screen.findByText("Einstellungen")).toBeTruthy();
  expect(document.documentElement.lang).toBe("de");
  expect(window.localStorage.getItem("segue.language")).toBe("de");
});

it("names triggers, causes and steps in the reader's language", async () => {
  await act(() => chooseLanguage("de"));
  const figures = dashboard(28, true);
  const one = { n: 1, share: 1, conversations: [] };
  const said = inLanguage(
    {
      ...figures,
      by_trigger: [{ key: "opt_out", label: "Asked for a person", ...one }],
      by_root_cause: [
        { key: "AI_Looping", label: "Went in circles", ...one },
        { key: "own_tag", label: "A tag of the workspace", ...one },
      ],
      funnel: [{ key: "dealt_with", label: "Dealt with", n: 1 }],
    },
    i18next.t,
  );
  expect(
    [...said.by_trigger, ...said.by_root_cause, ...said.funnel].map(({ label }) => label),
  ).toEqual([
    "Wollte einen Menschen",
    i18next.t("root_cause.AI_Looping"),
    "A tag of the workspace",
    "Erledigt",
  ]);
});

it("says why somebody is not offered what they let pass, and for how long", () => {
  const { push } = show(<Inbox route={{ page: "inbox" }} />);
  const [first, ...rest] = inbox().waiting;
  const not_offered_until = new Date(Date.now() + 100_000).toISOString();
  const waiting = first ? [{ ...first, not_offered_until }, ...rest] : [];
  act(() => push(inboxOf({ ...inbox(), waiting })));
  expect(screen.getByText(/You let its offer pass\. Not offered to you for 1:\d\d/)).toBeTruthy();
});

it("finds by reference, and keeps the list up to date", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  let items = [alexRow()];
  const calls = serve({
    "GET /v1/conversations?state=all&limit=50": () => ({ body: { items } }),
    "GET /v1/conversations?state=all&limit=50&reference=SG-1": () => ({ body: { items: [] } }),
  });
  const { push, again } = show(<Conversations state="all" />);
  await screen.findByText(alexRow().customer_name);
  items = [{ ...alexRow(), conversation: "conv_new", customer_name: "Newly Come" }, ...items];
  act(() => push(inboxOf(inbox())));
  await act(() => vi.advanceTimersByTimeAsync(1500));
  await screen.findByText("Newly Come");
  again(<Conversations state="all" reference="SG-1" />);
  await screen.findByText("No conversation with this reference");
  expect(calls.length).toBeGreaterThan(2);
  vi.useRealTimers();
});
