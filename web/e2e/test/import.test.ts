// Conversations of elsewhere are read in, marked, and never mixed with the live numbers.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stage } from "../src/stage";

const set = stage();

const LINES = [
  {
    conversation_id: "old-1",
    source: "former desk",
    facts: { name: "Ada Quill" },
    turns: [
      { role: "customer", text: "Where is my invoice of May?", at: "2025-05-04T09:00:00Z" },
      {
        role: "assistant",
        text: "Under Billing, Invoices.",
        at: "2025-05-04T09:00:04Z",
        confidence: 0.9,
      },
    ],
    labels: { outcome: "resolved" },
  },
  {
    conversation_id: "old-2",
    source: "former desk",
    turns: [
      { role: "customer", text: "Let me talk to a person please.", at: "2025-05-05T10:00:00Z" },
      { role: "agent", text: "Hello, how can I help?", at: "2025-05-05T10:03:00Z" },
    ],
    labels: { outcome: "agent" },
  },
];

test("imported conversations appear with their would-have verdicts, once", async () => {
  const file = join(set.server.data, "former-desk.jsonl");
  writeFileSync(file, LINES.map((line) => JSON.stringify(line)).join("\n"));
  const read = () => set.server.command("import", "--data", set.server.data, file);
  expect(await read()).toContain("2 conversations read: 2 added, 0 known already");
  expect(await read()).toContain("2 conversations read: 0 added, 2 known already");

  const jonas = await set.agent("Jonas Weber");
  await jonas.opens("All");
  await jonas.page.getByRole("link", { name: "Imported", exact: true }).click();
  const rows = jonas.page.getByRole("main").getByRole("listitem").filter({ hasText: "Imported" });
  await rows.first().waitFor();
  expect(await rows.count()).toBe(2);
  await set.shot(jonas.page, "import-1-list");
  await rows
    .filter({ hasText: /person/ })
    .getByRole("link")
    .click();
  await jonas.log.getByText("Would have: Escalate").first().waitFor();
  await jonas.log.getByText("Let me talk to a person please.").waitFor();
  await set.shot(jonas.page, "import-2-conversation");

  await jonas.opens("Dashboard");
  await jonas.sees("Imported conversations: what the policy would have done");
  const section = jonas.page.getByRole("region", { name: /^Imported conversations/ });
  await section.getByText("former desk").waitFor();
  await section.getByText("2 conversations").waitFor();
  await section.getByText("outcome: resolved").waitFor();
  await section.scrollIntoViewIfNeeded();
  await set.shot(jonas.page, "import-3-dashboard");
  // The box follows the address, which follows the click.
  await jonas.page.getByLabel("Include demo history").click();
  await jonas.sees("No conversation in this period");
});
