// A customer's question, an answer, a dispute, a person who knows the story, and the numbers after.

import { expect, test } from "vitest";
import { stage } from "../src/stage";
import { until } from "../src/wait";

const set = stage();

test("a warm handoff, from the first question to the dashboard", async () => {
  const sarah = await set.agent("Sarah Lindqvist");
  const jonas = await set.agent("Jonas Weber");
  await sarah.is("Available");
  await jonas.page.goto(`${set.server.console}#/dashboard?demo=no`);
  await jonas.sees("No conversation in this period");

  const alex = await set.customer({ as: "alex.moreau@lumenlane.example" });
  await alex.sees("an AI");
  await alex.say("What is a 402 error when I add my card?");
  await alex.bubbles("assistant").first().waitFor();
  await alex.chat
    .getByRole("link", { name: /Help article/ })
    .first()
    .waitFor();
  expect(await alex.log.innerText()).toContain("· AI");
  expect(alex.wire, "the answer was streamed").toContain('"type":"delta"');
  await set.shot(alex.page, "warm-1-answer");

  await alex.say("There is a charge of 49 euros on my invoice that I never agreed to.");
  await alex.card.waitFor();
  await alex.card.getByText("finance operations").first().waitFor();
  await alex.card.getByText("Notes passed on").waitFor();
  const card = await alex.card.innerText();
  expect(card, "why").toMatch(/a person decides on charges and refunds/i);
  expect(card, "how long").toMatch(/min|as soon as somebody is free/);
  await set.shot(alex.page, "warm-2-card");

  await sarah.offer.waitFor();
  await sarah.offer.getByRole("timer").waitFor();
  await set.shot(sarah.page, "warm-3-offer");
  await sarah.accepts();
  await sarah.packet.getByText("WANTS").waitFor();
  expect(await sarah.composer.count(), "nothing is written before the packet was read").toBe(0);
  await sarah.sees("Read the packet to begin.");
  expect(await sarah.packet.innerText()).toContain("49");
  await set.shot(sarah.page, "warm-4-packet");
  await alex.sees("Sarah Lindqvist");

  await sarah.readsPacket();
  await sarah.sees("Suggested first line");
  await sarah.composer.press("Tab");
  const first_line = await sarah.composer.inputValue();
  expect(first_line.length, "a line to begin with").toBeGreaterThan(20);
  await sarah.composer.press("Enter");
  await alex.bubbles("agent").first().waitFor();
  expect(await alex.bubbles("agent").first().innerText()).toContain(first_line.slice(0, 30));
  await sarah.notes("Dispute is plausible, credit note CN-77 prepared.");
  await sarah.replies("The charge is reversed; the credit note is in your account.");
  await alex.sees("The charge is reversed");
  await set.shot(alex.page, "warm-5-person");
  await set.shot(sarah.page, "warm-6-conversation");
  expect(alex.wire, "a private note stays private").not.toContain("CN-77");

  await alex.say("Great, thank you!");
  await sarah.log.getByText("Great, thank you!").waitFor();
  await sarah.resolves({ disposition: "Solved", cause: "Policy wanted a person" });
  await alex.sees("Conversation ended");
  for (const part of ["How was the assistant?", "How was the help from a person?"]) {
    const faces = alex.chat.getByRole("radiogroup", { name: part });
    await faces.getByRole("radio", { name: "Very good" }).check({ force: true });
    await alex.chat.getByRole("button", { name: "Send" }).first().click();
  }
  await alex.sees("Thank you for telling us.");
  await set.shot(alex.page, "warm-7-rated");
  await sarah.log.getByText("Customer rated the assistant 5 of 5").waitFor();
  await sarah.log.getByText("Customer rated the agent 5 of 5").waitFor();

  const rate = jonas.page.getByRole("region", { name: "Escalation rate" });
  await rate.getByText("1 of 1").waitFor();
  const csat = jonas.page.getByRole("region", { name: "Satisfied after a person" });
  await csat.getByText("1 of 1").waitFor();
  const retention = jonas.page.getByRole("region", { name: "Context retention" });
  await until(
    "retention counts it",
    () => retention.innerText(),
    (text) => /of 1/.test(text),
  );
  await set.shot(jonas.page, "warm-8-dashboard");
});

test("an offer can be declined, and what is taken back waits for the next", async () => {
  const sarah = await (await set.agent("Sarah Lindqvist")).is("Available");
  const rosa = await set.customer({ as: "rosa.delgado@casaverde.example" });
  await rosa.say("My invoice shows a fee that I dispute, I was charged twice.");
  await sarah.offer.waitFor();
  await sarah.presses("d");
  await sarah.dialog.getByRole("radio", { name: /I have too much to do/ }).check({ force: true });
  await sarah.dialog.getByRole("button", { name: "Decline" }).click();
  await sarah.offer.waitFor({ state: "detached" });
  await sarah.waiting.getByText("Rosa Delgado").waitFor();
  const tom = await (await set.agent("Tom Becker")).is("Available");
  await tom.accepts();
  await tom.readsPacket();
  await tom.button("To queue").click();
  await tom.dialog.getByRole("button", { name: "To queue" }).click();
  await rosa.sees("You keep your place in line");
});
