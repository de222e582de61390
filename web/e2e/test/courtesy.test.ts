// Thanks are returned: they are neither searched for nor a reason to bring a person.

import { expect, test } from "vitest";
import { stage } from "../src/stage";

const set = stage();

test("a courtesy gets one in return, however often", async () => {
  const lotte = await set.customer({ as: "lotte.vermeer@teahaven.example" });
  const lines: [string, RegExp][] = [
    ["hi there", /What can I help you with/],
    ["thanks!", /You're welcome/],
    ["ok", /anything else comes up/],
    ["is this a bot?", /AI assistant, not a person/],
    ["Vielen Dank, tschüss", /Gern geschehen/],
  ];
  for (const [said, reply] of lines) {
    await lotte.say(said);
    await lotte.bubbles("assistant").filter({ hasText: reply }).first().waitFor();
  }
  expect(await lotte.card.count(), "nobody was brought in").toBe(0);
});
