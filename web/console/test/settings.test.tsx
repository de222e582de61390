import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { agents, me, queues } from "../mock/brightcrate/people";
import { audit } from "../mock/brightcrate/settings";
import { Audit } from "../src/pages/settings/audit";
import { Team } from "../src/pages/settings/team";
import { Rail } from "../src/shell/rail";
import { refuse, serve, show } from "./harness";

type Answers = Parameters<typeof serve>[0];

function openTeam(answers: Answers) {
  const calls = serve({
    "GET /v1/agents": () => ({ body: { items: agents() } }),
    "GET /v1/queues": () => ({ body: { items: queues() } }),
    ...answers,
  });
  show(<Team />);
  return calls.filter.bind(calls, (call) => call.method === "PATCH");
}

it("deactivates somebody after saying what that does", async () => {
  const changes = openTeam({ "PATCH /v1/agents/agt_nadia": () => ({ body: agents()[1] }) });
  fireEvent.click(await screen.findByRole("button", { name: "Deactivate Nadia Okafor" }));
  const dialog = await screen.findByRole("dialog", { name: "Deactivate Nadia Okafor" });
  expect(within(dialog).getByText(/signed out at once/)).toBeTruthy();
  fireEvent.click(within(dialog).getByRole("button", { name: "Deactivate" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(changes().map((call) => call.body)).toEqual([{ is_active: false }]);
});

it("says in the dialog why the server refuses", async () => {
  openTeam({ "PATCH /v1/agents/agt_nadia": () => refuse(403, "forbidden") });
  fireEvent.click(await screen.findByRole("button", { name: "Deactivate Nadia Okafor" }));
  const dialog = await screen.findByRole("dialog");
  fireEvent.click(within(dialog).getByRole("button", { name: "Deactivate" }));
  expect(await within(dialog).findByText(/Your role may not do this/)).toBeTruthy();
});

it("marks who is deactivated and brings them back", async () => {
  const changes = openTeam({ "PATCH /v1/agents/agt_tomas": () => ({ body: agents()[3] }) });
  const row = await screen.findByRole("row", { name: /Tomas Oduya/ });
  expect(within(row).getByText("Deactivated")).toBeTruthy();
  fireEvent.click(within(row).getByRole("button", { name: "Reactivate Tomas Oduya" }));
  const dialog = await screen.findByRole("dialog");
  fireEvent.click(within(dialog).getByRole("button", { name: "Reactivate" }));
  await waitFor(() => expect(changes().map((call) => call.body)).toEqual([{ is_active: true }]));
});

it("lists who changed what, and names acts it does not know as they are", async () => {
  const later = { at: "2026-11-21T08:00:00.000Z", action: "queue.painted", subject: "billing" };
  serve({ "GET /v1/audit?limit=200": () => ({ body: { items: [later, ...audit()] } }) });
  show(<Audit />);
  const rows = await screen.findAllByRole("row");
  expect(rows).toHaveLength(5);
  expect(screen.getByRole("row", { name: /Sarah Lindqvist Person invited agt_ines/ })).toBeTruthy();
  expect(screen.getByRole("row", { name: /command line queue\.painted billing/ })).toBeTruthy();
});

it("offers no page that would only say that it is not for them", async () => {
  serve({});
  const refused = { ok: false, code: "forbidden", reason: "Only administrators may do this." };
  const allowed = { ...me().allowed, manage_keys: refused, read_audit: refused };
  show(<Rail page="inbox" onHelp={() => undefined} />, { ...me(), allowed });
  expect(screen.getByRole("link", { name: "Policy" })).toBeTruthy();
  for (const name of ["API keys", "Customers", "Audit"]) {
    expect(screen.queryByRole("link", { name })).toBeNull();
  }
});
