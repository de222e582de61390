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
  paths.conversations("all", undefined, "SG-7A18A0"),
  paths.dashboard(),
  paths.dashboard(7, false),
  paths.dashboard(28, true, { filter: { queue: "billing", language: "" }, by: "topic" }),
  paths.dashboard(28, true, { behind: { kind: "misses", key: "context_retention" } }),
  paths.policy(),
  paths.policy("versions"),
  paths.policy("proposals", { id: "prop_1" }),
  paths.policy("edit", { accept: 0.75 }),
  paths.review(),
  paths.tuning(),
  paths.learn(),
  paths.learn({ cluster: "conv_1", propose: true, days: 90, include_demo: false }),
  paths.learn({ view: "articles", article: "how-refunds-work" }),
  paths.team(),
  paths.queues(),
  paths.wording(),
  paths.keys(),
  paths.customers(),
  paths.audit(),
  paths.signIn(),
  paths.setup(),
  paths.link("a/b=c"),
  paths.invitation("tok"),
];

it("builds and reads every route", () => {
  const lines = all.map((path) => `${path} → ${JSON.stringify(parseRoute(path))}`);
  expect(lines.join("\n")).toMatchInlineSnapshot(`
    "#/inbox → {"page":"inbox"}
    #/conversations/conv_1 → {"page":"conversation","id":"conv_1","pane":"story"}
    #/conversations/conv_1?turn=5 → {"page":"conversation","id":"conv_1","turn":5,"pane":"story"}
    #/conversations/conv_1?pane=packet → {"page":"conversation","id":"conv_1","pane":"packet"}
    #/drafts → {"page":"drafts"}
    #/conversations?state=open → {"page":"conversations","state":"open"}
    #/conversations?state=imported&queue=finance+operations → {"page":"conversations","state":"imported","queue":"finance operations"}
    #/conversations?state=all&reference=SG-7A18A0 → {"page":"conversations","state":"all","reference":"SG-7A18A0"}
    #/dashboard → {"page":"dashboard","days":28,"include_demo":true,"filter":{},"by":"rule"}
    #/dashboard?days=7&demo=no → {"page":"dashboard","days":7,"include_demo":false,"filter":{},"by":"rule"}
    #/dashboard?by=topic&queue=billing&language=%7E → {"page":"dashboard","days":28,"include_demo":true,"filter":{"queue":"billing","language":""},"by":"topic"}
    #/dashboard?show=misses.context_retention → {"page":"dashboard","days":28,"include_demo":true,"filter":{},"by":"rule","behind":{"kind":"misses","key":"context_retention"}}
    #/policy → {"page":"policy","view":"edit"}
    #/policy?view=versions → {"page":"policy","view":"versions"}
    #/policy?view=proposals&id=prop_1 → {"page":"policy","view":"proposals","id":"prop_1"}
    #/policy?accept=0.75 → {"page":"policy","view":"edit","accept":0.75}
    #/review → {"page":"review"}
    #/tuning → {"page":"tuning"}
    #/learn → {"page":"learn","view":"failures","days":28,"include_demo":true,"propose":false}
    #/learn/conv_1?do=propose&days=90&demo=no → {"page":"learn","view":"failures","days":90,"include_demo":false,"cluster":"conv_1","propose":true}
    #/learn?view=articles&article=how-refunds-work → {"page":"learn","view":"articles","days":28,"include_demo":true,"propose":false,"article":"how-refunds-work"}
    #/team → {"page":"team"}
    #/queues → {"page":"queues"}
    #/wording → {"page":"wording"}
    #/keys → {"page":"keys"}
    #/customers → {"page":"customers"}
    #/audit → {"page":"audit"}
    #/sign-in → {"page":"sign_in"}
    #/setup → {"page":"setup"}
    #/link/a%2Fb%3Dc → {"page":"link","token":"a/b=c"}
    #/invitation/tok → {"page":"invitation","token":"tok"}"
  `);
});

it.each(["#/nowhere", "#/link", "#/%E0%A4%A"])("%s is unknown", (path) => {
  expect(parseRoute(path)).toEqual({ page: "unknown" });
});

it.each(["", "#", "#/"])("%j is the inbox", (path) => {
  expect(parseRoute(path)).toEqual({ page: "inbox" });
});
