// The power goes, the server comes back: both pages become exact again by themselves.

import { expect, test } from "vitest";
import { stage } from "../src/stage";
import { until } from "../src/wait";

const set = stage();

test("both pages are exact after the server was killed, and unsent text arrives once", async () => {
  const sarah = await (await set.agent("Sarah Lindqvist")).is("Available");
  const yuki = await set.customer({ as: "rosa.delgado@casaverde.example" });
  await yuki.say("I dispute a charge on my invoice, that amount is wrong.");
  await sarah.accepts();
  await sarah.readsPacket();
  await sarah.replies("Let me see which invoice it is.");
  await yuki.sees("Let me see which invoice it is.");
  const late = "It is the invoice of March, number 2024-17.";
  await set.inTheDark(async () => {
    await yuki.field.fill(late);
    await yuki.field.press("Enter");
    await yuki.sees("Goes out when the connection is back");
    await sarah.sees("No connection.");
    await set.shot(yuki.page, "reconnect-1-dark");
    await set.shot(sarah.page, "reconnect-2-dark");
  });
  await sarah.log.getByText(late).waitFor({ timeout: 30_000 });
  await yuki.bubbles("customer").filter({ hasText: late }).waitFor();
  await sarah.replies("Found it, thank you.");
  await yuki.sees("Found it, thank you.");
  await until(
    "nothing is marked unsent",
    async () => !(await yuki.reads()).includes("Goes out when"),
  );
  expect(await yuki.bubbles("customer").filter({ hasText: late }).count()).toBe(1);
  const at_console = await sarah.log
    .locator(".turn.by-customer .rich, .turn.by-agent .rich")
    .allInnerTexts();
  const at_widget = await yuki.log
    .locator(".turn.customer .text, .turn.agent .text")
    .allInnerTexts();
  expect(at_widget.map(plain)).toEqual(at_console.map(plain));
  await set.shot(yuki.page, "reconnect-3-exact");
});

const plain = (text: string) => text.replaceAll(/\s+/g, " ").trim();
