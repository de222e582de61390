// What changes hands between people, and what each of them reads of it.

import { expect, test } from "vitest";
import { stage } from "../src/stage";
import { until } from "../src/wait";

const set = stage();

test("a colleague is asked about before they lose the floor, and keeps what they wrote", async () => {
  const sarah = await (await set.agent("Sarah Lindqvist")).is("Available");
  const jonas = await set.agent("Jonas Weber");
  const alex = await set.customer({ as: "alex.moreau@lumenlane.example" });
  await alex.say("I dispute a charge on my invoice, that amount is wrong.");
  await sarah.offer.first().waitFor();
  // The notice named her, and so does the card while she is asked.
  await alex.card.getByText(/^Sarah from/).waitFor();
  await sarah.accepts();
  await sarah.readsPacket();

  await sarah.opens("Dashboard");
  await alex.say("Are you still there?");
  await until("it is counted in the title", async () => {
    return (await sarah.page.title()).startsWith("(1) ");
  });
  await sarah.opens("Inbox");
  await sarah.mine.getByText("New message").waitFor();
  await set.shot(sarah.page, "hands-1-unread");
  await sarah.mine.getByRole("link", { name: /Alex Moreau/ }).click();
  await sarah.mine.getByText("New message").waitFor({ state: "detached" });
  await sarah.composer.fill("I was just about to say");

  await jonas.opens("All");
  await jonas.page
    .getByRole("link", { name: /Alex Moreau/ })
    .first()
    .click();
  // The packet is there to look at; that it was read only its holder says.
  await jonas.packet.getByText("WANTS").waitFor();
  expect(await jonas.button(/I have read it/).count()).toBe(0);
  await jonas.button("Take over").first().click();
  const question = jonas.page.getByRole("dialog", { name: "Take this from Sarah Lindqvist?" });
  await set.shot(jonas.page, "hands-2-question");
  await question.getByLabel("Why?").fill("Sarah's shift has ended.");
  await question.getByRole("button", { name: "Take over" }).click();
  await question.waitFor({ state: "detached" });

  await sarah.sees("Sarah's shift has ended.");
  const kept = sarah.page.getByRole("region", { name: "Text that was not sent" });
  await kept.getByText("I was just about to say").waitFor();
  await set.shot(sarah.page, "hands-3-kept");
  await alex.sees("Jonas Weber joined");
  expect(await alex.reads()).not.toContain("shift");
});

test("of a locked conversation the customer reads the reference and nothing else", async () => {
  const bilal = await set.customer({ as: "bilal.rahman@inkandoak.example" });
  await bilal.say("Somebody hacked my account and made payments I did not make, this is fraud");
  await bilal.card.getByText(/^Reference SG-/).waitFor();
  const reference = (await bilal.card.innerText()).match(/SG-\w+/)?.[0] ?? "none";
  expect(await bilal.log.innerText()).toContain(reference);
  await set.shot(bilal.page, "hands-4-locked");
});

test("without a line the chat says so at once, and sends when it is back", async () => {
  const femi = await set.customer();
  await femi.say("How do I print a label?");
  await femi.bubbles("assistant").first().waitFor();
  await femi.page.context().setOffline(true);
  await femi.sees("No connection.");
  await femi.field.fill("And on a thermal printer?");
  await femi.field.press("Enter");
  await femi.sees("Goes out when the connection is back");
  await femi.page.context().setOffline(false);
  await femi.bubbles("customer").filter({ hasText: "thermal" }).waitFor();
  await until("nothing is marked unsent", async () => {
    return !(await femi.reads()).includes("No connection.");
  });
  expect(await femi.bubbles("customer").filter({ hasText: "thermal" }).count()).toBe(1);
});

test("the chat speaks the page's language, and the console the one that is chosen", async () => {
  const context = await set.context();
  const page = await context.newPage();
  await page.route(set.server.widget, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace('<html lang="en">', '<html lang="de">');
    await route.fulfill({ response: answer, body });
  });
  await page.goto(set.server.widget);
  await page.getByRole("button", { name: "Chat öffnen" }).click();
  const chat = page.frameLocator("#segue-widget iframe");
  const field = chat.getByRole("textbox", { name: "Nachricht schreiben" });
  await field.fill("Kann ich mit einem Menschen sprechen?");
  await field.press("Enter");
  await chat
    .getByText(/^Grund|Sie nach einem Menschen gefragt haben/i)
    .first()
    .waitFor();
  await set.shot(page, "hands-5-german");

  const jonas = await set.agent("Jonas Weber");
  const language = jonas.page.getByLabel("Language");
  await language.selectOption("de");
  await jonas.page.getByRole("navigation", { name: "Seiten" }).waitFor();
  await jonas.page.reload();
  await jonas.page.getByRole("link", { name: "Zahlen" }).click();
  await jonas.page.getByText("Wollte einen Menschen").first().waitFor();
  await set.shot(jonas.page, "hands-6-german-console");
});

test("whoever watched is told when a conversation goes to another team, and no old state stands there", async () => {
  const priya = await (await set.agent("Priya Nair")).is("Available");
  const femi = await set.customer({ as: "femi.adeyemi@kolorbeads.example" });
  await femi.say("How do I update the card on my account?");
  await femi.sees("Update the card on file");
  await priya.opens("All");
  await priya.page
    .getByRole("link", { name: /Femi Adeyemi/ })
    .first()
    .click();
  await priya.button("Take over").waitFor();

  // Retention is hers, the account's money is not.
  await femi.say("You charged me twice in March, that's wrong.");
  await femi.card.waitFor();
  await priya.sees("It went to another team");
  expect(await priya.button("Take over").count()).toBe(0);
  await set.shot(priya.page, "hands-gone");
});
