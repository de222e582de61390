// An agent who is about to ask what the customer has said is told so while they write.

import { expect, test } from "vitest";
import { stage } from "../src/stage";

const set = stage();

test("the composer says what was given already, and gets out of the way", async () => {
  const sarah = await (await set.agent("Sarah Lindqvist")).is("Available");
  const alex = await set.customer({ as: "alex.moreau@lumenlane.example" });
  await alex.say("I was charged twice for order #88-4417, 49 euros each. I dispute that.");
  await sarah.accepts();
  await sarah.readsPacket();
  await sarah.composer.fill("Hi Alex, what is your order number?");
  const hint = sarah.page.getByText("They already gave the number:");
  await hint.waitFor();
  const region = sarah.page.getByRole("status").filter({ has: hint });
  expect(await region.getAttribute("aria-live")).toBe("polite");
  expect(await region.innerText()).toContain("#88-4417");
  await region.getByRole("link", { name: /turn \d/i }).waitFor();
  for (const scheme of ["light", "dark"] as const) {
    await sarah.page.emulateMedia({ colorScheme: scheme });
    await set.shot(sarah.page, `hint-${scheme}`);
  }
  await sarah.page.emulateMedia({ colorScheme: "light" });
  const size = sarah.page.viewportSize();
  await sarah.page.setViewportSize({ width: 390, height: 780 });
  await hint.waitFor();
  await set.shot(sarah.page, "hint-phone");
  const overflow = await sarah.page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, "nothing is cut off at the side").toBeLessThanOrEqual(0);
  if (size) await sarah.page.setViewportSize(size);

  await region.getByRole("button", { name: "Insert #88-4417" }).click();
  expect(await sarah.composer.inputValue()).toBe("Hi Alex, what is your order number? #88-4417");
  await hint.waitFor({ state: "detached" });
  await sarah.composer.fill("Hi Alex, which order is it?");
  await hint.waitFor();
  await sarah.composer.press("Escape");
  await hint.waitFor({ state: "detached" });
  expect(await sarah.composer.inputValue(), "the text stays").toBe("Hi Alex, which order is it?");
  // It never holds a message back.
  await sarah.composer.press("Enter");
  await alex.sees("which order is it?");
});
