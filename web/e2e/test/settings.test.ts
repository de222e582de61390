// Policy and keys are changed on their pages and hold from the next turn and request on.

import { expect, test } from "vitest";
import { violations } from "../src/axe";
import { stage } from "../src/stage";
import { until } from "../src/wait";

const set = stage();

test("a broken policy shows where; a changed one decides the next turn", async () => {
  const jonas = await set.agent("Jonas Weber");
  const lotte = await set.customer({ as: "lotte.vermeer@teahaven.example" });
  await lotte.say("How do I print a label?");
  await lotte.bubbles("assistant").first().waitFor();

  await jonas.opens("Policy");
  const inForce = async () =>
    (await jonas.page.request.get(`${set.server.console}v1/policy`)).json();
  await jonas.policyText.waitFor();
  const { text }: { text: string } = await inForce();
  const broken = text.replace(/^( +)accept: .*$/m, "$1accept: very much");
  expect(broken).not.toBe(text);
  const line = broken.split("\n").findIndex((one) => one.includes("accept: very much")) + 1;
  await jonas.writesPolicy(broken);
  await jonas.button(new RegExp(`Line ${line}, column \\d+`)).waitFor();
  expect(await jonas.button("Put in force…").isDisabled(), "it cannot be put in force").toBe(true);
  await set.shot(jonas.page, "settings-1-broken");

  const strict = text
    .replace(/^( +)floor: .*$/m, "$1floor: 0.998")
    .replace(/^( +)accept: .*$/m, "$1accept: 0.999");
  await jonas.writesPolicy(strict);
  await until("the check is through", () => jonas.button("Put in force…").isEnabled());
  await jonas.button("Put in force…").click();
  await jonas.says("Nothing is sure enough", "Put in force");
  await jonas.sees(/is in force from the next turn on/);

  const before = await lotte.bubbles("assistant").count();
  await lotte.say("How do I connect a Shopify store?");
  await until(
    "something is said",
    () => lotte.bubbles("assistant").count(),
    (n) => n > before,
  );
  expect(
    await lotte.bubbles("assistant").last().locator("..").getByRole("link").count(),
    "no article: every answer is below the band now",
  ).toBe(0);
  await jonas.opens("All");
  await jonas.page
    .getByRole("link", { name: /Lotte Vermeer/ })
    .first()
    .click();
  await jonas.log.getByText("Fall back").first().waitFor();
  await set.shot(jonas.page, "settings-2-fall-back");

  // One step back: the version before is there word for word, and in force again.
  await jonas.opens("Policy");
  await jonas.page.getByRole("link", { name: "Versions" }).click();
  const former = jonas.button(/^Show version/).nth(1);
  await former.click();
  await jonas.dialog.locator("pre").waitFor();
  expect(await jonas.dialog.locator("pre").textContent()).toBe(text);
  await set.shot(jonas.page, "settings-3-former");
  expect(await violations(jonas.page)).toEqual([]);
  await jonas.dialog.getByRole("button", { name: "Put in force again" }).click();
  await jonas.dialog.getByRole("textbox").waitFor();
  await jonas.says("It was too strict", "Put in force again");
  await jonas.sees(/is in force from the next turn on/);
  expect((await inForce()).text).toBe(text);
});

test("a key works until it is removed", async () => {
  const jonas = await set.agent("Jonas Weber");
  await jonas.opens("API keys");
  await jonas.button("New key").click();
  await jonas.dialog.getByLabel("Name").fill("help center bot");
  await jonas.dialog.getByRole("button", { name: "Create key" }).click();
  const key = await jonas.page.getByText(/^sg_live_/).innerText();
  const ask = () =>
    fetch(`${set.server.console}v1/conversations`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ channel: "api" }),
    });
  expect((await ask()).status).toBe(201);
  await jonas.button("Done").click();
  await jonas.button("Remove help center bot").click();
  await set.shot(jonas.page, "settings-3-remove");
  await jonas.dialog.getByRole("button", { name: "Remove" }).click();
  await jonas.sees("No key yet");
  await until(
    "the key is refused",
    async () => (await ask()).status,
    (status) => status === 401,
  );
});
