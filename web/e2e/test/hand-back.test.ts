// A person settles their part and gives the rest back to the assistant.

import { expect, test } from "vitest";
import { stage } from "../src/stage";
import { until } from "../src/wait";

const set = stage();

test("the assistant answers again after a hand-back, and a person is there again when asked", async () => {
  const sarah = await (await set.agent("Sarah Lindqvist")).is("Available");
  const femi = await set.customer({ as: "femi.adeyemi@kolorbeads.example" });
  await femi.say("Please let me talk to a person about my invoice.");
  await femi.card.waitFor();
  await sarah.accepts();
  await sarah.readsPacket();
  await sarah.replies("The invoice is corrected.");
  await femi.sees("The invoice is corrected.");
  await sarah.handsBack({
    line: "Your invoice is settled. Our assistant can help you with the rest.",
    brief: "Invoice corrected. Next: they want to download it.",
  });
  await femi.sees("Our assistant can help you with the rest");
  await femi.sees("Back with the assistant");
  expect(femi.wire, "the brief is for the assistant").not.toContain("they want to download it");
  const before = await femi.bubbles("assistant").count();
  await femi.say("Where can I download my invoices and receipts?");
  await until(
    "the assistant answers",
    () => femi.bubbles("assistant").count(),
    (n) => n > before,
  );
  await set.shot(femi.page, "hand-back-1-assistant");
  await femi.say("I would still rather speak with a human being about that invoice.");
  await femi.card.waitFor();
  await sarah.accepts();
  await sarah.packet.getByText("WANTS").waitFor();
  await femi.sees(/Sarah Lindqvist/);
  await set.shot(sarah.page, "hand-back-2-again");
});
