// A server that belongs to nobody: its log's code claims it, an invitation brings the next person.

import { expect, test } from "vitest";
import { Agent } from "../src/agent";
import { stage } from "../src/stage";

const set = stage({ demo: false });
const PASSWORD = "a long walk along the river";

test("claimed with the code of its log, joined by invitation, limited by role", async () => {
  const code = await set.server.setupCode();
  const owner = new Agent(await (await set.context()).newPage(), "Olga Berg");
  await owner.page.goto(set.server.console);
  await owner.sees("Set up Segue");
  await set.shot(owner.page, "first-run-1-setup");
  const claim = async (with_code: string) => {
    const fields = {
      "Setup code": with_code,
      Company: "Harbor Goods",
      "Your name": "Olga Berg",
      "E-mail": "olga@harbor.example",
      Password: PASSWORD,
    };
    for (const [label, value] of Object.entries(fields))
      await owner.page.getByLabel(label).fill(value);
    await owner.button("Claim this server").click();
  };
  await claim("WRONG-CODE-0000");
  await owner.sees("the e-mail, password, code or link is not right");
  await claim(code);
  await owner.page.getByRole("heading", { name: "Inbox" }).waitFor({ state: "attached" });
  await owner.sees("Harbor Goods");

  await owner.opens("Team");
  await owner.button("Invite").click();
  await owner.dialog.getByLabel("Name").fill("Nils Holm");
  await owner.dialog.getByLabel("E-mail").fill("nils@harbor.example");
  await set.shot(owner.page, "first-run-2-invite");
  await owner.dialog.getByRole("button", { name: "Create invitation" }).click();
  const link = await owner.page.getByText(/#\/invitation\//).innerText();

  const nils = new Agent(await (await set.context()).newPage(), "Nils Holm");
  await nils.page.goto(link);
  await nils.page.getByLabel("Password").fill(PASSWORD);
  await nils.button("Join the team").click();
  await nils.page.getByRole("heading", { name: "Inbox" }).waitFor({ state: "attached" });
  const pages = nils.page.getByRole("navigation", { name: "Pages" });
  await pages.getByRole("link", { name: "Inbox" }).waitFor();
  const keys = await pages.getByRole("link", { name: "API keys" }).count();
  expect(keys, "an agent is not shown what they may not do").toBe(0);
  await set.shot(nils.page, "first-run-3-agent");

  await owner.button("Sign out").click();
  await owner.page.getByLabel("E-mail").fill("olga@harbor.example");
  await owner.page.getByLabel("Password").fill("not the password at all");
  await owner.button("Sign in").click();
  await owner.sees("the e-mail, password, code or link is not right");
  await owner.page.getByLabel("Password").fill(PASSWORD);
  await owner.button("Sign in").click();
  // Back where they were.
  await owner.page.getByRole("heading", { name: "Team" }).waitFor();

  const again = await (await set.context()).newPage();
  await again.goto(link);
  await again.getByLabel("Password").fill(PASSWORD);
  await again.getByRole("button", { name: "Join the team" }).click();
  await again.getByText("no longer good").waitFor();
});
