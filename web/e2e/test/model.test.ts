// A language model beside it all: it answers, is cut, writes a packet that is checked, and drafts.

import { afterAll, expect, test } from "vitest";
import { INVENTED, Model } from "../src/model";
import { stage } from "../src/stage";
import { until } from "../src/wait";

const model = new Model();
const set = stage({
  connections: async () => `[model]\nurl = "${await model.start()}"\nname = "story-1"\n`,
});
afterAll(() => model.stop());

test("an angry line stops the model's answer, and its packet is checked before it is shown", async () => {
  const amara = await (await set.agent("Amara Cole")).is("Available");
  const lotte = await set.customer({ as: "lotte.vermeer@teahaven.example" });
  await lotte.field.fill("How do I connect my WooCommerce store?");
  await lotte.field.press("Enter");
  await until("the model's answer has begun", () => lotte.wire.includes('"type":"delta"'));
  expect(model.answers, "the model was asked").toBe(1);
  await set.shot(lotte.page, "model-1-answer");
  await lotte.field.fill(
    "THIS IS THE WORST SERVICE EVER, YOU ARE WASTING MY TIME AND I AM FURIOUS!!!",
  );
  await lotte.field.press("Enter");
  await lotte.card.waitFor();
  await until("the model was left", () => model.dropped === 1);
  await lotte.sees("Stopped here");

  await amara.offer.waitFor();
  await amara.accepts();
  await amara.packet.getByText("WANTS").waitFor();
  await amara.packet.getByText("WRITTEN BY A MODEL").waitFor();
  await amara.packet.getByText("Check it").waitFor();
  const left_out = amara.packet.getByText(/1 statement left out/);
  await left_out.waitFor();
  expect(await amara.packet.getByText(INVENTED).isVisible(), "behind a door").toBe(false);
  await left_out.click();
  await amara.packet.getByText(INVENTED).waitFor();
  await set.shot(amara.page, "model-2-packet");
  expect(lotte.wire, "no customer reads what a model makes of them").not.toContain("story-1");
});

test("what the model drafts is released by a person", async () => {
  const elena = await (await set.agent("Elena Petrova")).is("Available");
  await elena.opens("Drafts");
  const greta = await set.customer({ as: "greta.nilsen@fjellgear.example" });
  const asked = model.answers;
  await greta.say("Which contract terms apply to the Business plan, can we get custom pricing?");
  const draft = elena.page.getByRole("article", { name: "Draft for Greta Nilsen" });
  await draft.waitFor();
  expect(model.answers, "the model wrote it").toBeGreaterThan(asked);
  expect(await greta.bubbles("assistant").count(), "nothing was said yet").toBe(0);
  await draft.getByRole("button", { name: "Release" }).click();
  await greta.bubbles("agent_draft").first().waitFor();
});
