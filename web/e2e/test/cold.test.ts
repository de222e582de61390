// Fraud: the assistant is cut off at once, and nothing internal reaches the customer.

import { expect, test } from "vitest";
import { stage } from "../src/stage";

const set = stage();

/** What would give away who looks at it, or why. */
const INTERNALS = [
  "trust_safety",
  "Trust and safety",
  "security team",
  "Ines",
  "fraud",
  "security_anomaly",
  '"rule"',
  '"trace"',
  '"signals"',
];

test("a cold lock says one neutral sentence and a reference", async () => {
  const ines = await (await set.agent("Ines Okafor")).is("Available");
  const owen = await set.customer({ as: "owen.price@pricebikes.example" });
  await owen.say("Hello, I have a question about my account");
  await owen.bubbles("assistant").first().waitFor();
  await owen.say("Somebody hacked my account and bought labels with my card!");
  await owen.card.waitFor();
  await owen.sees("For your safety a specialist will continue this conversation here");
  await owen.sees(/your reference is SG-/);
  const before = await owen.bubbles("assistant").count();
  const lock_text = await owen.reads();
  await set.shot(owen.page, "cold-1-lock");

  await ines.offer.getByText("Locked: the assistant has no access").waitFor();
  await set.shot(ines.page, "cold-2-offer");
  const wire = owen.wire;
  for (const word of INTERNALS) {
    const said_by_customer = "Somebody hacked my account";
    expect(lock_text.replaceAll(said_by_customer, ""), word).not.toContain(word);
    expect(wire, word).not.toContain(word);
  }
  await owen.say("What is happening now?");
  await ines.accepts();
  await ines.readsPacket();
  expect(await owen.bubbles("assistant").count(), "the assistant stays silent").toBe(before);
  await ines.replies("I have frozen all purchases. Did you get a mail about a new sign-in?");
  await owen.sees("I have frozen all purchases");
  for (const word of INTERNALS.filter((word) => word !== "Ines"))
    expect(owen.wire, word).not.toContain(word);
  await set.shot(owen.page, "cold-3-person");
});
