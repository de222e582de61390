// A team's hours are set on the page of queues; outside them nobody is left guessing.

import { expect, test } from "vitest";
import { stage } from "../src/stage";

const set = stage();

test("outside its hours a team says when it is back and takes an address", async () => {
  const jonas = await set.agent("Jonas Weber");
  await jonas.opens("Queues");
  await jonas.button("Change Finance operations").click();
  await jonas.dialog.getByLabel("Always open").uncheck();
  const tomorrow = new Date(Date.now() + 86_400_000);
  const day = new Intl.DateTimeFormat("en", { weekday: "short", timeZone: "Europe/Berlin" });
  for (const name of ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"])
    await jonas.dialog
      .getByLabel(name, { exact: true })
      .fill(name === day.format(tomorrow) ? "09:00-17:00" : "");
  await jonas.dialog.getByLabel("Time zone").fill("Europe/Berlin");
  await set.shot(jonas.page, "after-hours-1-queue");
  await jonas.dialog.getByRole("button", { name: "Save" }).click();
  await jonas.dialog.waitFor({ state: "detached" });

  const paul = await set.customer({ as: "paul.stein@steinaudio.example" });
  await paul.say("I want to dispute a charge on my invoice, I never ordered this.");
  await paul.card.getByText("The team is away now").waitFor();
  await paul.card.getByText(/Back tomorrow at 09:00/).waitFor();
  await paul.sees(/The team is back/);
  await set.shot(paul.page, "after-hours-2-closed");
  await paul.button("Leave my e-mail instead").click();
  await paul.chat.getByLabel("Your e-mail address").fill("paul at stein");
  await paul.button("Leave address").click();
  await paul.sees("Please check the address");
  await paul.chat.getByLabel("Your e-mail address").fill("paul.private@steinaudio.example");
  await paul.button("Leave address").click();
  await paul.card.getByText("Your address is noted").waitFor();
  await paul.sees("Thank you, we have your address");
  await set.shot(paul.page, "after-hours-3-address");

  await jonas.opens("Inbox");
  const row = jonas.waiting.getByRole("link", { name: /Paul Stein/ });
  await row.getByText("Left an address").waitFor();
  const text = await row.innerText();
  expect(text, "when it is due").toMatch(/due/i);
  await row.click();
  await jonas.log.getByText("paul.private@steinaudio.example").waitFor();
  await set.shot(jonas.page, "after-hours-4-follow-up");
});
