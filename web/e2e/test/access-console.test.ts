// Nobody is shut out of the console: every page passes axe, in light and dark.

import { expect, test } from "vitest";
import { violations } from "../src/axe";
import { stage } from "../src/stage";

const set = stage();
const PAGES = [
  "Inbox",
  "Drafts",
  "Review",
  "All",
  "Dashboard",
  "Check answers",
  "Tuning",
  "Policy",
  "Team",
  "Queues",
  "Wording",
  "API keys",
  "Customers",
];

for (const colors of ["light", "dark"] as const) {
  test(`axe finds nothing on the pages of the console, ${colors}`, {
    timeout: 300_000,
  }, async () => {
    const jonas = await set.agent("Jonas Weber", { colors });
    const found: string[] = [];
    const look = async (name: string) => {
      await set.shot(
        jonas.page,
        `access-console-${name.replaceAll(" ", "-").toLowerCase()}-${colors}`,
      );
      found.push(...(await violations(jonas.page, colors)).map((line) => `${name}: ${line}`));
    };
    for (const name of PAGES) {
      await jonas.opens(name);
      await look(name);
    }
    for (const view of ["proposals", "trial", "versions", "explain"]) {
      await jonas.page.goto(`${set.server.console}#/policy?view=${view}`);
      await jonas.page.getByRole("main").locator("pre, table, .empty, .card").first().waitFor();
      await look(`policy ${view}`);
    }
    await jonas.page.keyboard.press("?");
    await jonas.dialog.waitFor();
    await look("shortcuts");
    expect(found).toEqual([]);
  });
}
