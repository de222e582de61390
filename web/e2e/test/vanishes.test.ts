// An agent's computer goes away in the middle: the customer is told, and somebody else comes.

import { expect, test } from "vitest";
import { stage } from "../src/stage";

const set = stage();

/** The presence lease and the grace after it, of 30 seconds each, and some time to notice. */
const BACK_MS_MAX = 75_000;

test(
  "an agent who vanishes is replaced",
  async () => {
    const sarah = await (await set.agent("Sarah Lindqvist")).is("Available");
    const bilal = await set.customer({ as: "bilal.rahman@inkandoak.example" });
    await bilal.say("There is a wrong charge on my invoice and I dispute it.");
    await sarah.accepts();
    await sarah.readsPacket();
    await sarah.replies("I am looking at the charge now.");
    await bilal.sees("I am looking at the charge now.");
    const from = performance.now();
    await sarah.page.context().close();
    await bilal.sees("You keep your place in line", BACK_MS_MAX);
    expect(performance.now() - from, "not before the lease has run out").toBeGreaterThan(25_000);
    await bilal.card.waitFor();
    await set.shot(bilal.page, "vanishes-1-requeued");
    const tom = await (await set.agent("Tom Becker")).is("Available");
    await tom.accepts();
    await tom.log.getByText("The agent is gone").waitFor();
    await tom.readsPacket();
    await tom.replies("I take over from Sarah, her notes are here.");
    await bilal.sees("I take over from Sarah");
    await set.shot(tom.page, "vanishes-2-next");
  },
  BACK_MS_MAX + 60_000,
);
