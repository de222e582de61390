// Two tabs of one customer are one customer; two agents at one conversation are one floor.

import { expect, test } from "vitest";
import { Customer } from "../src/customer";
import { stage } from "../src/stage";
import { until } from "../src/wait";

const set = stage();

test("two tabs show the same, share the draft, and send it once", async () => {
  const context = await set.context();
  const tabs = [
    new Customer(await context.newPage(), set.server.widget),
    new Customer(await context.newPage(), set.server.widget),
  ] as const;
  const [one, other] = tabs;
  await one.arrive();
  await one.say("How do I print a label?");
  await one.bubbles("assistant").first().waitFor();
  await other.arrive();
  await other.sees("How do I print a label?");
  const draft = "And how do I void a label that I have not used?";
  await one.field.pressSequentially(draft);
  await until(
    "the draft is in the other tab",
    () => other.field.inputValue(),
    (text) => text === draft,
  );
  await Promise.all([one.field.press("Enter"), other.field.press("Enter")]);
  for (const tab of tabs)
    await tab.bubbles("customer").filter({ hasText: "void a label" }).waitFor();
  await until("both have the answer", async () => {
    const counts = await Promise.all(tabs.map((tab) => tab.bubbles("assistant").count()));
    return counts.every((count) => count === 2);
  });
  const texts = await Promise.all(
    tabs.map((tab) => tab.log.locator(".bubble .text").allInnerTexts()),
  );
  expect(texts[0]).toEqual(texts[1]);
  expect(texts[0]?.filter((text) => text.includes("void a label that")).length, "sent once").toBe(
    1,
  );
  expect(await one.field.inputValue()).toBe("");
  expect(await other.field.inputValue()).toBe("");
  await set.shot(other.page, "tabs-1-other");
});

test("of two who take the same conversation one is told who has it", async () => {
  const jonas = await set.agent("Jonas Weber");
  const amara = await set.agent("Amara Cole");
  const mila = await set.customer({ as: "mila.horvat@tinytextiles.example" });
  await mila.say("How do I set up a label printer?");
  await mila.bubbles("assistant").first().waitFor();
  for (const agent of [jonas, amara]) {
    await agent.opens("All");
    await agent.page
      .getByRole("link", { name: /Mila Horvat/ })
      .first()
      .click();
    await agent.button("Take over").first().waitFor();
  }
  // Both see that nobody has it. Amara clicks first, but her line is slow.
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await amara.page.route("**/take", async (route) => {
    await held;
    await route.continue();
  });
  const late = amara.page.waitForRequest("**/take");
  await amara.button("Take over").first().click();
  await late;
  await jonas.button("Take over").first().click();
  await jonas.mine.getByText("Mila Horvat").waitFor();
  letGo();
  await amara.sees("Somebody else took the conversation in the meantime");
  await amara.page.getByText("Jonas Weber", { exact: true }).first().waitFor();
  expect(await amara.mine.getByText("Mila Horvat").count(), "only one has it").toBe(0);
  expect(await mila.log.getByText(/has joined and reads our notes/).count()).toBe(1);
  await set.shot(amara.page, "tabs-2-loser");
  await jonas.readsPacket();
  await jonas.replies("Let me help with the printer myself.");
  await mila.sees("Let me help with the printer myself.");
});
