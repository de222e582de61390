// From what the assistant cannot answer to an article with which it can.

import { expect, test } from "vitest";
import { stage } from "../src/stage";
import { until } from "../src/wait";

const set = stage();

const ASKED = [
  ["Can I ship lithium batteries?", "I want to send lithium batteries, is that allowed?"],
  ["Are lithium batteries allowed in a parcel?", "May lithium batteries be shipped or not?"],
] as const;
const TOLD =
  "Lithium batteries may be shipped inside the device they belong to. Choose the service Dangerous goods when you create the label. Loose lithium batteries are not carried.";

test("failures become an article, and the assistant answers from it at once", async () => {
  const agent = await (await set.agent("Tom Becker")).is("Available");
  for (const [first, second] of ASKED) {
    const customer = await set.customer();
    await customer.say(first);
    await customer.bubbles("assistant").first().waitFor();
    await customer.say(second);
    await agent.accepts();
    await agent.readsPacket();
    await agent.replies(TOLD);
    await customer.sees("Loose lithium batteries are not carried");
    await agent.resolves({ disposition: "Solved", cause: "Knowledge was missing" });
  }

  const lead = await set.agent("Jonas Weber");
  await lead.page.goto(`${set.server.console}#/learn?demo=no`);
  await lead.page.getByRole("heading", { level: 1, name: "Learning" }).waitFor();
  const row = lead.page.getByRole("listitem").filter({ hasText: "2 cases" });
  await row.waitFor();
  expect(await row.innerText()).toContain("Nothing published yet");
  await set.shot(lead.page, "learn-1-failures");

  await row.getByRole("link").click();
  await lead.page.getByRole("heading", { name: /lithium batteries/i }).waitFor();
  expect(await lead.page.getByRole("main").innerText()).toContain("Knowledge was missing");
  await set.shot(lead.page, "learn-2-cluster");

  await lead.page.getByRole("link", { name: "Propose an article" }).click();
  const text = lead.page.getByRole("textbox", { name: "Text", exact: true });
  await text.waitFor();
  expect(await text.inputValue()).toContain("inside the device they belong to");
  await lead.page.getByLabel("Title").fill("Ship lithium batteries");
  await lead.button("Try it now").click();
  await lead.sees(/Of 2 questions 0 are answered now, [12] with this article/);
  await lead.sees(/questions of other articles still find them/);
  await set.shot(lead.page, "learn-3-proposal");

  const publish = lead.button("Publish");
  expect(await publish.isDisabled(), "nobody publishes without a reason").toBe(true);
  await lead.page.getByLabel("Why", { exact: true }).fill("Two customers asked for it");
  await publish.click();
  await lead.sees("Too early to say");
  await lead.page.getByRole("link", { name: "Ship lithium batteries", exact: true }).waitFor();
  await set.shot(lead.page, "learn-4-published");

  const next = await set.customer();
  await next.say("Is it possible to ship lithium batteries?");
  const answer = next.bubbles("assistant").first();
  await until(
    "the assistant answers from the new article",
    () => answer.innerText(),
    (said) => said.includes("inside the device they belong to"),
  );
  await next.chat.getByRole("link", { name: /Ship lithium batteries/ }).waitFor();
  expect(await next.card.count(), "nobody is brought in").toBe(0);
  await set.shot(next.page, "learn-5-answer");

  await lead.page.getByRole("link", { name: "Ship lithium batteries", exact: true }).click();
  await lead.button("Withdraw").click();
  await lead.says("The carrier no longer takes them", "Withdraw");
  await lead.sees("withdrawn");
  await set.shot(lead.page, "learn-6-versions");

  for (const [name, options] of [
    ["dark", { colors: "dark" }],
    ["narrow", { size: { width: 390, height: 844 } }],
  ] as const) {
    const again = await set.agent("Jonas Weber", options);
    for (const [view, path] of [
      ["failures", "learn?demo=no"],
      ["articles", "learn?view=articles"],
      ["instructions", "learn?view=instructions"],
    ] as const) {
      await again.page.goto(`${set.server.console}#/${path}`);
      await again.page.locator(".learn .card").first().waitFor();
      const wide = await again.page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide, `${view} fits a ${name} page`).toBeLessThanOrEqual(0);
      await set.shot(again.page, `learn-${name}-${view}`);
    }
  }
});
