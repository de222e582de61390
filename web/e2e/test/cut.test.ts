// Anger cuts the answer that is being streamed: not one more word after the takeover.

import { expect, test } from "vitest";
import { stage } from "../src/stage";
import { until } from "../src/wait";

const set = stage();

interface Frame {
  type: string;
  epoch?: number;
  items?: { type: string; floor?: { holder: string; epoch: number } }[];
}

test("an angry line while an answer streams stops it", async () => {
  const lotte = await set.customer({ as: "lotte.vermeer@teahaven.example" });
  await lotte.say("How do I connect my WooCommerce store?");
  await lotte.bubbles("assistant").first().waitFor();
  await lotte.field.fill("And how do I set up webhooks for my shop?");
  const before = lotte.heard.length;
  await lotte.field.press("Enter");
  const frames = () =>
    lotte.heard
      .slice(before)
      .filter(({ over }) => over === "live")
      .map(({ text }) => JSON.parse(text) as Frame);
  await until("the answer has begun", () => frames().some((frame) => frame.type === "delta"));
  await lotte.field.fill(
    "THIS IS THE WORST SERVICE EVER, YOU ARE WASTING MY TIME AND I AM FURIOUS!!!",
  );
  await lotte.field.press("Enter");
  await lotte.card.waitFor();
  const all = frames();
  const takeover = all.findIndex((frame) =>
    frame.items?.some((item) => item.type === "floor" && item.floor?.holder === "queue"),
  );
  expect(takeover, "the floor changed").toBeGreaterThan(-1);
  expect(
    all.slice(takeover).filter((frame) => frame.type === "delta"),
    "no word after the takeover",
  ).toEqual([]);
  await lotte.sees("Stopped here");
  expect(await lotte.card.innerText()).toMatch(/this has been frustrating so far/i);
  await set.shot(lotte.page, "cut-1-stopped");
});
