// The customer ends it while a person has it: the person is told, and says what it came to.

import { expect, test } from "vitest";
import { stage } from "../src/stage";

const set = stage();

test("a conversation that the customer has left is wrapped up", async () => {
  const tom = await set.agent("Tom Becker");
  await tom.is("Available");
  const lotte = await set.customer({ as: "lotte.vermeer@teahaven.example" });
  await lotte.say("I would like to talk to a person please");
  await lotte.card.waitFor();
  await tom.offer.waitFor();
  await tom.accepts();
  await tom.readsPacket();
  await lotte.chat.getByRole("button", { name: "End conversation" }).click();
  await tom.sees("The customer has ended the conversation.");
  await set.shot(tom.page, "leaves-1-console");
  await tom.page.setViewportSize({ width: 390, height: 844 });
  await tom.sees("The customer has ended the conversation.");
  await set.shot(tom.page, "leaves-2-phone");
  await tom.page.setViewportSize({ width: 1440, height: 900 });
  await tom.button("Resolve").click();
  await tom.dialog.waitFor();
  const ends = tom.dialog.getByRole("group", { name: "How did it end?" });
  expect(await ends.getByRole("radio", { checked: true }).count(), "one is chosen").toBe(1);
  await set.shot(tom.page, "leaves-3-resolve");
});
