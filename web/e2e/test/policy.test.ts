// A manager tries a policy before it goes live: a threshold moved, what it would have done, a trial in
// shadow, in force, and back. A supervisor proposes, an administrator decides. Judged answers lead to a
// threshold.

import { expect, test } from "vitest";
import { violations } from "../src/axe";
import { stage } from "../src/stage";
import { until } from "../src/wait";

const set = stage();

interface InForce {
  version: string;
  text: string;
}

async function inForce(as: { page: import("playwright-core").Page }): Promise<InForce> {
  return (await as.page.request.get(`${set.server.console}v1/policy`)).json();
}

/** The what-if of the whole demo takes some seconds. */
const REPLAY_MS = 60_000;

test("a manager tries a threshold, runs it in shadow, puts it in force and rolls back", {
  timeout: 180_000,
}, async () => {
  const jonas = await set.agent("Jonas Weber");
  const before = await inForce(jonas);
  await jonas.opens("Policy");
  await jonas.page.getByRole("slider", { name: "Answer threshold" }).fill("0.8");
  await jonas.sees(/would have (gone to people|changed)/, REPLAY_MS);
  await jonas.sees("How far this can be trusted");
  await set.shot(jonas.page, "policy-1-what-if");
  expect(await violations(jonas.page)).toEqual([]);

  const example = jonas.page.getByRole("tabpanel").getByRole("link").first();
  await jonas.page.getByRole("tabpanel").locator("summary.change-bar").first().click();
  const path = await example.getAttribute("href");
  expect(path, "an example leads to its turn").toMatch(/^#\/conversations\/.+turn=\d+$/);

  await jonas.page.getByRole("tab", { name: /^Cases/ }).click();
  await jonas.sees(/cases? (hold|does not hold|do not hold)/);
  await jonas.page.getByRole("tab", { name: /^Changes/ }).click();
  await jonas.sees("bands.accept");
  await set.shot(jonas.page, "policy-2-changes");

  await jonas.button("Try it live…").click();
  await jonas.says("Does it send the right questions to people?", "Start in shadow");
  await jonas.sees("Running");
  expect((await inForce(jonas)).version, "nothing is in force yet").toBe(before.version);

  const lotte = await set.customer({ as: "lotte.vermeer@teahaven.example" });
  await lotte.say("How do I print a label?");
  await lotte.bubbles("assistant").first().waitFor();
  await jonas.sees("Share that goes to people", REPLAY_MS);
  await set.shot(jonas.page, "policy-3-shadow");
  expect(await violations(jonas.page)).toEqual([]);

  await jonas.button("Put in force").click();
  await jonas.dialog.getByRole("textbox").fill("The shadow agreed");
  await jonas.dialog.getByRole("button", { name: "Put in force" }).click();
  const meant = jonas.dialog.getByRole("checkbox");
  const told = jonas.page.getByText(/is in force from the next turn on/).first();
  // What is told goes away again, so it is looked for at once, beside the warning.
  await meant.or(told).first().waitFor();
  if (await meant.isVisible()) {
    await meant.check();
    await jonas.dialog.getByRole("button", { name: "Put in force" }).click();
    await told.waitFor();
  }
  await jonas.dialog.waitFor({ state: "detached" });
  const during = await inForce(jonas);
  expect(during.text).toMatch(/^ {2}accept: 0\.80/m);

  await jonas.page.getByRole("link", { name: "Versions" }).click();
  await jonas.sees("From a trial");
  await jonas.button("Roll back").click();
  await jonas.says("Too many handoffs this morning", "Roll back");
  await until(
    "the version before is in force again",
    async () => (await inForce(jonas)).version,
    (version) => version === before.version,
  );
  await jonas.sees("Too many handoffs this morning");
  await set.shot(jonas.page, "policy-4-rolled-back");
});

test("a supervisor proposes, and an administrator approves", async () => {
  const amara = await set.agent("Amara Cole");
  await amara.opens("Policy");
  await amara.page.getByRole("slider", { name: "Answer threshold" }).fill("0.72");
  expect(
    await amara.button("Put in force…").getAttribute("aria-disabled"),
    "putting in force is not for supervisors",
  ).toBe("true");
  await until("the check is through", () => amara.button("Propose…").isEnabled());
  await amara.button("Propose…").click();
  await amara.says("Two wrong answers about customs", "Propose");
  await amara.sees("Open");
  await set.shot(amara.page, "policy-5-proposed");

  const jonas = await set.agent("Jonas Weber");
  await jonas.page.goto(`${set.server.console}#/policy?view=proposals`);
  await jonas.page.getByRole("link", { name: "Two wrong answers about customs" }).click();
  await jonas.sees("bands.accept");
  expect(await violations(jonas.page)).toEqual([]);
  await jonas.button("Approve and put in force").click();
  await jonas.says("Agreed", "Approve and put in force");
  await jonas.sees(/is in force from the next turn on/);
  expect((await inForce(jonas)).text).toMatch(/^ {2}accept: 0\.72/m);
});

test("judged answers lead to a threshold, or to how many more are needed", async () => {
  const amara = await set.agent("Amara Cole");
  await amara.opens("Check answers");
  const asked = amara.page.getByRole("article", { name: "One answer" });
  await asked.waitFor();
  const first = await asked.innerText();
  await amara.presses("1");
  await until(
    "the next one is there",
    () => asked.innerText(),
    (text) => text !== first,
  );
  await amara.presses("u");
  await until(
    "the one before is back",
    () => asked.innerText(),
    (text) => text === first,
  );
  await amara.presses("2");
  await amara.sees(/^1 checked today/);
  await set.shot(amara.page, "policy-6-review");
  expect(await violations(amara.page)).toEqual([]);
  await amara.opens("Tuning");
  await amara.sees(/more checked answers? (is|are) needed|Promise/);
  await set.shot(amara.page, "policy-7-tuning");
  expect(await violations(amara.page)).toEqual([]);
});
