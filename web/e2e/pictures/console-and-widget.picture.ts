// The picture of the README: the console with a packet, and the chat of the same conversation.

import { mkdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { stage } from "../src/stage";
import { until } from "../src/wait";

const set = stage();
const FOLDER = fileURLToPath(new URL("../../../docs/pictures/", import.meta.url));
const BYTES_MAX = 300_000;
const CONSOLE = { width: 1320, height: 800 };
const SITE = { width: 420, height: 720 };
const MARGIN = 28;
const READ_MS = 9_000;

test("the console and the widget side by side", async () => {
  const sarah = await (await set.agent("Sarah Lindqvist", { size: CONSOLE })).is("Available");
  const alex = await set.customer({ as: "alex.moreau@lumenlane.example", size: SITE });
  await alex.say("I get a 402 error when I add my new card to update billing. What does it mean?");
  await alex.bubbles("assistant").first().waitFor();
  await alex.say(
    "I checked all of that and it still says 402. Invoice BC-88-1234 is due today, can I talk to a person?",
  );
  await alex.card.waitFor();
  await sarah.accepts();
  // As long as people take to read it, so that the log of the picture says so.
  const from = performance.now();
  await until("the packet was read", () => performance.now() - from > READ_MS);
  await sarah.readsPacket();
  await sarah.composer.press("Tab");
  await sarah.composer.press("Enter");
  await alex.bubbles("agent").first().waitFor();
  await alex.say("Thank you, that was quick.");
  await sarah.log.getByText("Thank you, that was quick.").waitFor();

  const desk = (await sarah.page.screenshot()).toString("base64");
  const chat = (await alex.page.screenshot()).toString("base64");
  const width = CONSOLE.width + SITE.width + 3 * MARGIN;
  const height = CONSOLE.height + 2 * MARGIN;
  const context = await set.context({ size: { width, height } });
  const page = await context.newPage();
  await page.setContent(`
    <style>
      body { margin: 0; background: #e6eaec; display: flex; gap: ${MARGIN}px; padding: ${MARGIN}px; align-items: center }
      img { border-radius: 10px; border: 1px solid #c3cbd0; display: block }
    </style>
    <img src="data:image/png;base64,${desk}" width="${CONSOLE.width}" height="${CONSOLE.height}">
    <img src="data:image/png;base64,${chat}" width="${SITE.width}" height="${SITE.height}">`);
  await page.getByRole("img").last().waitFor();
  mkdirSync(FOLDER, { recursive: true });
  const path = `${FOLDER}console-and-widget.png`;
  await page.screenshot({ path });
  expect(statSync(path).size).toBeLessThanOrEqual(BYTES_MAX);
});
