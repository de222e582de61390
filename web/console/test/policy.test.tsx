import type { Policy } from "@segue/client";
import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { me } from "../mock/brightcrate/people";
import { policy } from "../mock/brightcrate/settings";
import { changesOf, testOf, trial, versions, whatIf } from "../mock/brightcrate/trying";
import { SCHEMA } from "../mock/schema";
import PolicyPage from "../src/pages/policy/policy";
import { parseRoute } from "../src/routes";
import { type Call, refuse, serve, show } from "./harness";

const TEXT = `policy: ours
# How sure an answer must be.
bands:
  floor: 0.65
  accept: 0.70 # first value
rules: []
`;

const inForce = (more: Partial<Policy> = {}): Policy => ({
  ...policy(),
  text: TEXT,
  version: "ours@1",
  lints: [],
  versions: versions(),
  can_roll_back_to: "ours@0",
  ...more,
});

const refused = {
  ok: false,
  code: "forbidden",
  reason: "Only administrators may do this.",
} as const;
const supervisor = () => ({ ...me(), allowed: { ...me().allowed, edit_policy: refused } });

type Answers = Parameters<typeof serve>[0];

function open(hash: string, answers: Answers = {}, as = me()) {
  const calls = serve({
    "GET /v1/policy": () => ({ body: inForce() }),
    "GET /v1/policy/schema": () => ({ body: SCHEMA }),
    "GET /v1/policy/cases": () => ({ body: { text: "cases: []", is_default: true } }),
    "POST /v1/policy/lint": () => ({ body: { problems: [], lints: [] } }),
    "POST /v1/policy/diff": ({ body }) => ({ body: { changes: changesOf(textOf(body), TEXT) } }),
    "POST /v1/policy/test": ({ body }) => ({
      body: { problems: [], report: testOf(textOf(body), "") },
    }),
    "POST /v1/policy/what-if": () => ({ status: 202, body: { id: "job" } }),
    "GET /v1/policy/what-if/job": () => ({
      body: {
        id: "job",
        state: "done",
        done: 413,
        total: 413,
        report: whatIf(TEXT.replace("0.70", "0.78"), TEXT, 7),
      },
    }),
    ...answers,
  });
  const route = parseRoute(hash);
  if (route.page !== "policy") throw new Error(`${hash} is no page of the policy`);
  show(<PolicyPage route={route} />, as);
  return calls;
}

const textOf = (body: unknown) => (body as { text: string }).text;
const bodyOf = (calls: Call[], method: string, path: string) =>
  calls.find((call) => call.method === method && call.path === path)?.body;

const moveTo = async (value: string) => {
  fireEvent.change(await screen.findByRole("slider", { name: "Answer threshold" }), {
    target: { value },
  });
};

const say = (reason: string) =>
  fireEvent.change(screen.getByRole("textbox", { name: "Reason" }), { target: { value: reason } });

beforeEach(() => window.sessionStorage.clear());

it("shows what a moved threshold would have done, and keeps the comments", async () => {
  const calls = open("#/policy");
  await moveTo("0.78");
  expect(await screen.findByText(/points more conversations would have gone/)).toBeTruthy();
  const asked = bodyOf(calls, "POST", "/v1/policy/what-if");
  expect(asked).toEqual({
    text: TEXT.replace("0.70", "0.78"),
    days: 7,
    include_demo: true,
    include_imported: false,
  });
  fireEvent.click(screen.getByText("Newly to a person"));
  expect(
    screen.getByRole("link", { name: /conv_alex · t5/, hidden: true }).getAttribute("href"),
  ).toBe("#/conversations/conv_alex?turn=5");
});

it("says that nothing is worked out while the text has a mistake", async () => {
  const problem = { line: 5, column: 3, path: "bands.accept", code: "x", message: "is no number" };
  const calls = open("#/policy", {
    "POST /v1/policy/lint": () => ({ body: { problems: [problem], lints: [] } }),
  });
  await moveTo("0.80");
  expect(await screen.findByRole("button", { name: "Line 5, column 3" })).toBeTruthy();
  expect(screen.getByText(/The text has a mistake/)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Put in force…" })).toHaveProperty("disabled", true);
  expect(calls.some(({ path }) => path === "/v1/policy/what-if")).toBe(false);
});

it("warns before the escalation rate jumps, and goes on only when that is meant", async () => {
  const tried: unknown[] = [];
  open("#/policy?accept=0.95", {
    "PUT /v1/policy": ({ body }) => {
      tried.push(body);
      return (body as { accept_leaving_band?: boolean }).accept_leaving_band
        ? { body: inForce({ version: "ours@2", text: textOf(body) }) }
        : refuse(409, "policy_leaves_band", {
            before: 0.24,
            after: 0.52,
            conversations: 200,
            band_points: 20,
          });
    },
  });
  const start = await screen.findByRole("button", { name: "Put in force…" });
  await waitFor(() => expect(start).toHaveProperty("disabled", false));
  fireEvent.click(start);
  const dialog = await screen.findByRole("dialog", { name: "Put these rules in force?" });
  const confirm = within(dialog).getByRole("button", { name: "Put in force" });
  expect(confirm).toHaveProperty("disabled", true);
  say("Six wrong answers last week");
  fireEvent.click(confirm);
  expect(await within(dialog).findByText(/52 % instead of 24 %/)).toBeTruthy();
  expect(confirm).toHaveProperty("disabled", true);
  fireEvent.click(within(dialog).getByRole("checkbox"));
  fireEvent.click(confirm);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(tried).toEqual([
    {
      text: TEXT.replace("0.70", "0.95"),
      version: "ours@1",
      reason: "Six wrong answers last week",
    },
    {
      text: TEXT.replace("0.70", "0.95"),
      version: "ours@1",
      reason: "Six wrong answers last week",
      accept_leaving_band: true,
    },
  ]);
  expect(await screen.findByText("Version ours@2 is in force")).toBeTruthy();
});

it("lets a supervisor propose, and says why putting in force is not theirs", async () => {
  const calls = open(
    "#/policy?accept=0.75",
    { "POST /v1/policy/proposals": () => ({ status: 201, body: { id: "prop_2" } }) },
    supervisor(),
  );
  const propose = await screen.findByRole("button", { name: "Propose…" });
  await waitFor(() => expect(propose).toHaveProperty("disabled", false));
  const activate = screen.getByRole("button", { name: "Put in force…" });
  expect(activate.getAttribute("aria-disabled")).toBe("true");
  expect(activate).toHaveProperty("disabled", false);
  fireEvent.click(propose);
  const dialog = await screen.findByRole("dialog", { name: "Propose these rules?" });
  expect(await within(dialog).findByText(/rises from 0.70 to 0.75/)).toBeTruthy();
  fireEvent.change(within(dialog).getByRole("textbox"), { target: { value: "Customs" } });
  fireEvent.click(within(dialog).getByRole("button", { name: "Propose" }));
  await waitFor(() => expect(window.location.hash).toBe("#/policy?view=proposals&id=prop_2"));
  expect(bodyOf(calls, "POST", "/v1/policy/proposals")).toEqual({
    text: TEXT.replace("0.70", "0.75"),
    version: "ours@1",
    reason: "Customs",
  });
});

it("starts a trial on a share of the conversations", async () => {
  const calls = open("#/policy?accept=0.75", {
    "POST /v1/policy/trials": () => ({ status: 201, body: trial({ mode: "canary", share: 0.05 }) }),
  });
  const start = await screen.findByRole("button", { name: "Try it live…" });
  await waitFor(() => expect(start).toHaveProperty("disabled", false));
  fireEvent.click(start);
  const dialog = await screen.findByRole("dialog");
  fireEvent.click(within(dialog).getByRole("radio", { name: /On a share/ }));
  fireEvent.change(within(dialog).getByLabelText("Share of new conversations"), {
    target: { value: "0.05" },
  });
  say("See where it leads");
  fireEvent.click(within(dialog).getByRole("button", { name: "Start on a share" }));
  await waitFor(() => expect(window.location.hash).toBe("#/policy?view=trial&id=trial_1"));
  expect(bodyOf(calls, "POST", "/v1/policy/trials")).toEqual({
    text: TEXT.replace("0.70", "0.75"),
    mode: "canary",
    share: 0.05,
    reason: "See where it leads",
  });
});

it("keeps what was written when one looks at another page", async () => {
  window.sessionStorage.setItem(
    "segue.policy.draft",
    JSON.stringify({ base: "ours@0", text: TEXT.replace("0.70", "0.74") }),
  );
  open("#/policy");
  const slider = await screen.findByRole("slider", { name: "Answer threshold" });
  expect(slider).toHaveProperty("value", "0.74");
  expect(screen.getByText(/You began from ours@0; ours@1 is in force now/)).toBeTruthy();
});

it("rolls back in one step, with what changes and why", async () => {
  const calls = open("#/policy?view=versions", {
    "GET /v1/policy/versions/ours%400": () => ({
      body: { version: "ours@0", text: TEXT.replace("0.70", "0.66"), activated_at: "" },
    }),
    "POST /v1/policy/rollback": () => ({ body: inForce({ version: "ours@0" }) }),
  });
  const buttons = await screen.findAllByRole("button", { name: "Roll back" });
  fireEvent.click(buttons[0] as HTMLElement);
  const dialog = await screen.findByRole("dialog", { name: "Roll back to ours@0?" });
  expect(await within(dialog).findByText(/falls from 0.70 to 0.66/)).toBeTruthy();
  say("Too many handoffs");
  fireEvent.click(within(dialog).getByRole("button", { name: "Roll back" }));
  expect(await screen.findByText("Rolled back: ours@0 is in force again.")).toBeTruthy();
  expect(bodyOf(calls, "POST", "/v1/policy/rollback")).toEqual({ reason: "Too many handoffs" });
});

it("says why a trial stopped by itself, and offers nothing more to do with it", async () => {
  const halted = trial({
    state: "halted",
    ended_at: "2026-11-22T10:00:00.000Z",
    end_reason: "52 %",
  });
  open("#/policy?view=trial", {
    "GET /v1/policy/trials": () => ({ body: { items: [halted] } }),
    "GET /v1/policy/trials/trial_1": () => ({ body: { ...halted, text: TEXT } }),
  });
  expect((await screen.findByRole("alert")).textContent).toContain("Stopped by itself. 52 %");
  expect(screen.getByText("They agree on 93 % of the conversations")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Stop" })).toBeNull();
});

it("does not approve what was written on another version", async () => {
  const proposal = {
    id: "prop_1",
    version: "ours@9",
    base: "ours@0",
    author: "Nadia Okafor",
    is_own: false,
    at: "2026-11-22T10:00:00.000Z",
    reason: "Customs",
    state: "open",
    text: TEXT.replace("0.70", "0.75"),
    base_text: TEXT,
  };
  open("#/policy?view=proposals&id=prop_1", {
    "GET /v1/policy/proposals": () => ({ body: { items: [proposal] } }),
    "GET /v1/policy/proposals/prop_1": () => ({ body: proposal }),
  });
  const approve = await screen.findByRole("button", { name: "Approve and put in force" });
  expect(approve).toHaveProperty("disabled", true);
  expect(screen.getByText(/it cannot be approved as it is/)).toBeTruthy();
});
