// Every page around the console passes axe; the main way works without a mouse, and on a phone.

import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "../src/axe";
import { stage } from "../src/stage";

const set = stage();
const PHONE = { width: 380, height: 780 };

test("axe finds nothing on the site and the doors of the console", {
  timeout: 240_000,
}, async () => {
  const context = await set.context();
  const page = await context.newPage();
  const found: string[] = [];
  const { console: desk, widget } = set.server;
  const pages: [string, string][] = [
    ["site", widget],
    ["help", `${widget}help`],
    ["article", `${widget}help/card-declined-with-a-402-error`],
    ["sign in", `${desk}#/sign-in`],
    ["link", `${desk}#/link/abc`],
    ["invitation", `${desk}#/invitation/abc`],
  ];
  for (const [name, url] of pages) {
    await page.goto("about:blank");
    await page.goto(url);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    await set.shot(page, `access-page-${name.replace(" ", "-")}`);
    found.push(...(await violations(page)).map((line) => `${name}: ${line}`));
  }
  expect(found).toEqual([]);
});

/**
 * What the library of the API's page does its own way, both good practice and no barrier: groups
 * are third-level headings under the title, and its landmark begins below title and filter.
 */
const LIBRARY_HABITS = ["heading-order", "region"];

test("the API's page asks with a key, or as whoever is signed in", async () => {
  const { server } = set;
  const scopes = ["--scope", "turn:write", "--scope", "conv:read"];
  const made = await server.command(
    "key",
    "create",
    "--data",
    server.data,
    "--name",
    "e",
    ...scopes,
  );
  const key = made.trim();
  const opened = await fetch(`${server.console}v1/conversations`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: "{}",
  });
  const { id }: { id: string } = await opened.json();

  const developer = await (await set.context({ size: PHONE })).newPage();
  await developer.goto(`${server.console}docs`);
  await developer.getByText("Nobody is signed in").waitFor();
  await developer.getByRole("button", { name: "Authorize" }).first().click();
  const dialog = developer.locator(".auth-container");
  await dialog.getByRole("textbox").fill(key);
  await dialog.getByRole("button", { name: /credentials|authorize/i }).click();
  await developer.getByRole("button", { name: "Close" }).last().click();
  const asked = await ask(developer, id);
  expect(asked, "a program reads what it opened").toContain(`"id": "${id}"`);
  const wider = await developer.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(wider, "nothing sticks out").toBeLessThanOrEqual(0);
  expect(await violations(developer, "light", LIBRARY_HABITS)).toEqual([]);

  const sarah = await set.agent("Sarah Lindqvist", { colors: "dark" });
  await sarah.page.goto(`${server.console}docs`);
  await sarah.page.getByText("Requests are sent as Sarah Lindqvist").waitFor();
  expect(await ask(sarah.page, id), "staff read everything").toContain('"allowed"');
  await set.shot(sarah.page, "access-page-docs");
  expect(await violations(sarah.page, "dark")).toEqual([]);
});

/** Reads a conversation by the form of the API's page; the answer's text. */
async function ask(page: Page, id: string): Promise<string> {
  const operation = page.locator("#operations-conversations-read_conversation");
  await operation.locator(".opblock-summary-control").click();
  await operation.getByRole("button", { name: "Try it out" }).click();
  await operation.getByPlaceholder("id").fill(id);
  await operation.getByRole("button", { name: "Execute" }).click();
  const answer = operation.locator(".live-responses-table");
  await answer.getByText("Response body").waitFor();
  return answer.innerText();
}

test("from the offer to the end without a mouse", async () => {
  const sarah = await (await set.agent("Sarah Lindqvist")).is("Available");
  const femi = await set.customer({ as: "femi.adeyemi@kolorbeads.example" });
  await femi.say("Please give me a human, my invoice is wrong.");
  await sarah.offer.waitFor();
  const { keyboard } = sarah.page;
  await keyboard.press("i");
  await keyboard.press("a");
  await sarah.packet.getByText("WANTS").waitFor();
  await keyboard.press("p");
  await sarah.composer.waitFor();
  expect(await focused(sarah.page), "the reply has the focus").toBe("composer-text");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await femi.bubbles("agent").first().waitFor();
  await tabTo(sarah.page, "Resolve", "Shift+Tab");
  await keyboard.press("Enter");
  await sarah.dialog.waitFor();
  await tabTo(sarah.page, "Solved", "Tab");
  await keyboard.press("Space");
  await keyboard.press("Enter");
  await sarah.dialog.waitFor({ state: "detached" });
  await femi.sees("Conversation ended");
});

test("on a phone one column at a time, and no page wider than the screen", async () => {
  const sarah = await (await set.agent("Sarah Lindqvist", { size: PHONE })).is("Available");
  const paul = await set.customer({ as: "paul.stein@steinaudio.example", size: PHONE });
  await paul.say("I was charged twice and dispute that, please let me talk to somebody.");
  await paul.card.waitFor();
  await sarah.offer.waitFor();
  await set.shot(sarah.page, "phone-1-inbox");
  await set.shot(paul.page, "phone-2-chat");
  await sarah.button(/^Accept/).click();
  await sarah.page.getByRole("link", { name: "Packet" }).click();
  await sarah.packet.getByText("WANTS").waitFor();
  await set.shot(sarah.page, "phone-3-packet");
  await sarah.button(/begin/).click();
  await sarah.page.getByRole("link", { name: "Conversation", exact: true }).click();
  await sarah.replies("I see the second charge.");
  await paul.sees("I see the second charge.");
  await set.shot(sarah.page, "phone-4-conversation");
  for (const page of [sarah.page, paul.page]) {
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, "nothing sticks out").toBeLessThanOrEqual(0);
  }
  expect(await violations(sarah.page)).toEqual([]);
  expect(await violations(paul.page)).toEqual([]);
  const pages = [
    "dashboard",
    "report",
    "learn",
    "tuning",
    "team",
    "queues",
    "keys",
    "policy",
    "customers",
    "wording",
  ];
  for (const name of pages) {
    await sarah.page.goto(`${set.server.console}#/${name}`);
    await sarah.page.getByRole("heading", { level: 1 }).first().waitFor();
    await sarah.page.locator(".skeleton").first().waitFor({ state: "detached" });
    await set.shot(sarah.page, `phone-5-${name}`);
    const wider = await sarah.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider, `${name} fits`).toBeLessThanOrEqual(0);
    if (name === "report") expect(await violations(sarah.page)).toEqual([]);
  }
});

test("at three times the size every part of a conversation is reached, none covered", async () => {
  // What is left of 1440 × 900 at 300 %.
  const size = { width: 480, height: 300 };
  const sarah = await (await set.agent("Sarah Lindqvist", { size })).is("Available");
  const greta = await set.customer({ as: "greta.nilsen@fjellgear.example" });
  await greta.say("I dispute a charge on my invoice, that amount is wrong.");
  await sarah.button(/^Accept/).click();
  await sarah.button("Read the packet").click();
  await sarah.button(/begin/).click();
  await sarah.page.getByRole("link", { name: "Conversation", exact: true }).click();
  await sarah.composer.waitFor();
  for (const name of ["Note", "Resolve", "Send"]) {
    const part = sarah.button(name);
    await part.scrollIntoViewIfNeeded();
    const is_on_top = await part.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const found = document.elementFromPoint(left + width / 2, top + height / 2);
      return element.contains(found);
    });
    expect(is_on_top, `${name} is not covered`).toBe(true);
  }
  await sarah.replies("I see the charge.");
  await set.shot(sarah.page, "large-1-conversation");
});

/** What the thing that has the focus is called, or its id. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined;
    const is_button = element instanceof HTMLButtonElement;
    return (label ?? (is_button ? element : null))?.textContent?.trim() || element?.id || "";
  });
}

async function tabTo(page: Page, name: string, key: "Tab" | "Shift+Tab"): Promise<void> {
  const KEYS_MAX = 40;
  for (let pressed = 0; pressed < KEYS_MAX; pressed += 1) {
    await page.keyboard.press(key);
    if ((await focused(page)).includes(name)) return;
  }
  throw new Error(`${name} is not reached with ${key}`);
}
