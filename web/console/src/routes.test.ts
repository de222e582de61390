import { expect, it } from "vitest";
import { parseRoute, paths } from "./routes";

const all = [
  paths.inbox(),
  paths.conversation("conv_1"),
  paths.conversation("conv_1", { turn: 5 }),
  paths.conversation("conv_1", { pane: "packet" }),
  paths.drafts(),
  paths.conversations(),
  paths.conversations("imported", "finance operations"),
  paths.dashboard(),
  paths.dashboard(7, false),
  paths.policy(),
  paths.policy("versions"),
  paths.team(),
  paths.queues(),
  paths.wording(),
  paths.keys(),
  paths.customers(),
  paths.signIn(),
  paths.setup(),
  paths.link("a/b=c"),
  paths.invitation("tok"),
];

it("builds and reads every route", () => {
  const lines = all.map((path) => `${path} → ${JSON.stringify(parseRoute(path))}`);
  expect(lines.join("\n")).toMatchInlineSnapshot();
});

it.each(["#/nowhere", "#/link", "#/%E0%A4%A"])("%s is unknown", (path) => {
  expect(parseRoute(path)).toEqual({ page: "unknown" });
});

it.each(["", "#", "#/"])("%j is the inbox", (path) => {
  expect(parseRoute(path)).toEqual({ page: "inbox" });
});
