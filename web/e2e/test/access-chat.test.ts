// Nobody is shut out of a conversation: chat, packet and dialogs pass axe, in light and dark.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../src/axe";
import { stage } from "../src/stage";

const set = stage();

for (const colors of ["light", "dark"] as const) {
  test(`axe finds nothing in a conversation, its packet, or the chat, ${colors}`, {
    timeout: 120_000,
  }, async () => {
    // Away at first: an offer waits for twenty seconds only.
    const sarah = await (await set.agent("Sarah Lindqvist", { colors })).is("Away");
    const as = {
      light: "mila.horvat@tinytextiles.example",
      dark: "lotte.vermeer@teahaven.example",
    };
    const mila = await set.customer({ as: as[colors], colors });
    const found: string[] = [];
    const look = async (page: Page, name: string) => {
      await set.shot(page, `access-${name.replaceAll(" ", "-")}-${colors}`);
      found.push(...(await violations(page, colors)).map((line) => `${name}: ${line}`));
    };
    await look(mila.page, "chat welcome");
    await mila.say("How do I reset a forgotten password?");
    await mila.bubbles("assistant").first().waitFor();
    await look(mila.page, "chat answer");
    await mila.say("I dispute a charge on my invoice, error 402 on order BC-88-1234.");
    await mila.card.waitFor();
    await look(mila.page, "chat card");
    await mila.button("Leave my e-mail instead").click();
    await look(mila.page, "chat address");
    await sarah.is("Available");
    await sarah.offer.waitFor();
    // An offer stands for seconds and axe may take as long, so it is accepted first.
    await sarah.accepts();
    await look(sarah.page, "console packet");
    await sarah.readsPacket();
    await look(sarah.page, "console composer");
    await sarah.replies("Let me look at order BC-88-1234.");
    await mila.sees("Let me look at order");
    await look(mila.page, "chat person");
    for (const name of ["Note", "Transfer", "To queue", "Hand back", "Resolve"]) {
      await sarah.button(name).click();
      await sarah.dialog.waitFor();
      await look(sarah.page, `console dialog ${name}`);
      await sarah.page.keyboard.press("Escape");
      await sarah.dialog.waitFor({ state: "detached" });
    }
    await sarah.resolves({ disposition: "Solved" });
    await mila.sees("How was the assistant?");
    await look(mila.page, "chat rating");
    expect(found).toEqual([]);
  });
}
