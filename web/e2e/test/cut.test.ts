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
  const marco = await set.agent("Marco Ruiz");
  const henrik = await set.customer({ as: "lotte.vermeer@teahaven.example" });
  await henrik.say("How do I connect my WooCommerce store?");
  await henrik.bubbles("assistant").first().waitFor();
  await henrik.field.fill("And how do I set up webhooks for my shop?");
  const before = henrik.heard.length;
  await henrik.field.press("Enter");
  const frames = () =>
    henrik.heard
      .slice(before)
      .filter(({ over }) => over === "live")
      .map(({ text }) => JSON.parse(text) as Frame);
  await until("the answer has begun", () => frames().some((frame) => frame.type === "delta"));
  await henrik.field.fill(
    "THIS IS THE WORST, YOU IDIOTS ARE WASTING MY TIME. I HATE THIS USELESS BOT!!!",
  );
  await henrik.field.press("Enter");
  await henrik.card.waitFor();
  const all = frames();
  const takeover = all.findIndex((frame) =>
    frame.items?.some((item) => item.type === "floor" && item.floor?.holder === "queue"),
  );
  expect(takeover, "the floor changed").toBeGreaterThan(-1);
  expect(
    all.slice(takeover).filter((frame) => frame.type === "delta"),
    "no word after the takeover",
  ).toEqual([]);
  await henrik.sees("Stopped here");
  await set.shot(henrik.page, "cut-1-stopped");
  await marco.page.context().close();
});
