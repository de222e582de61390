// Markup and scripts in what people and assistants write are text, wherever they are shown (S-1).

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { stage } from "../src/stage";
import { until } from "../src/wait";

const set = stage();
const PAYLOADS = readFileSync(new URL("payloads.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");
/** Few messages hold all of them, so that no customer writes faster than people do. */
const PER_MESSAGE = 5;
const MESSAGES = Array.from({ length: Math.ceil(PAYLOADS.length / PER_MESSAGE) }, (_, at) =>
  PAYLOADS.slice(at * PER_MESSAGE, (at + 1) * PER_MESSAGE).join("\n\n"),
);
/** What the formatter takes as its own marks; the rest must stand there letter by letter. */
const letters = (text: string) => text.replaceAll(/[\s*`]+/g, "");

/** Elements that only a payload could have brought. */
const BROUGHT =
  ".bubble script, .bubble img, .bubble iframe, .bubble object, .bubble embed, .bubble style, .bubble form, .bubble input, .bubble base, .bubble meta, .bubble link, .bubble [onerror], .bubble [onload], .bubble [style], .bubble a[href^='javascript']";

test("payloads of the customer and the agent are shown as text", async () => {
  expect(PAYLOADS.length).toBeGreaterThanOrEqual(40);
  // Markup in a message is an attack on its face: the policy sends it to trust and safety.
  const ines = await (await set.agent("Ines Okafor")).is("Available");
  const femi = await set.customer({ as: "femi.adeyemi@kolorbeads.example" });
  await femi.say(`My invoice is wrong, I dispute it. ${PAYLOADS[0]} ${PAYLOADS[1]}`);
  await ines.accepts();
  await ines.packet.getByText("WANTS").waitFor();
  expect(await ines.packet.locator("img, script, iframe").count()).toBe(0);
  await set.shot(ines.page, "scripts-1-packet");
  await ines.readsPacket();
  for (const message of MESSAGES) {
    const at = await femi.bubbles("customer").count();
    await femi.field.fill(message);
    await femi.field.press("Enter");
    await until(
      "it is stored",
      () => femi.bubbles("customer").count(),
      (n) => n > at,
    );
    await ines.composer.fill(message);
    await ines.composer.press("Enter");
    await until(
      "it was sent",
      () => ines.composer.inputValue(),
      (text) => text === "",
    );
  }
  await until(
    "all of it arrived",
    () => femi.bubbles("agent").count(),
    (n) => n === MESSAGES.length,
  );
  const shown = [letters(await femi.log.innerText()), letters(await ines.log.innerText())];
  for (const text of shown)
    for (const payload of PAYLOADS.filter((payload) => !payload.includes("](")))
      expect(text).toContain(letters(payload));
  expect(await femi.log.locator(BROUGHT).count()).toBe(0);
  expect(await ines.log.locator(BROUGHT).count()).toBe(0);
  await set.shot(femi.page, "scripts-2-chat");
  await set.shot(ines.page, "scripts-3-console");
});

test("payloads of an outside assistant are shown as text, in packet and drafts too", async () => {
  const jonas = await set.agent("Jonas Weber");
  const key = (
    await set.server.command(
      "key",
      "create",
      "--data",
      set.server.data,
      "--name",
      "bot",
      "--scope",
      "turn:write",
      "--scope",
      "conv:read",
      "--scope",
      "escalate",
    )
  ).trim();
  const call = async (path: string, body: object) => {
    const response = await fetch(`${set.server.console}v1/conversations${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.ok, await response.clone().text()).toBe(true);
    return response.json();
  };
  const name = "<img src=x onerror=alert(1)>";
  const opened = await call("", {
    customer: { email: "eve@attack.example" },
    page: name,
    facts: { name },
  });
  const questions = ["How do I print a label?", "How do I void it?", "Where are my invoices?"];
  for (const [at, question] of questions.entries()) {
    const asked = await call(`/${opened.id}/turns`, { role: "customer", text: question });
    const answer = { role: "assistant", text: MESSAGES[at], confidence: 0.95, epoch: asked.epoch };
    const said = await call(`/${opened.id}/turns`, answer);
    expect(said.visible, "it was said").toBe(true);
  }
  await call(`/${opened.id}/turns`, { role: "customer", text: PAYLOADS[0] });
  await jonas.page.goto(`${set.server.console}#/conversations/${opened.id}`);
  await jonas.log.getByText("Locked for safety").waitFor();
  await jonas.packet.getByText("WANTS").waitFor();
  const text = letters(await jonas.log.innerText());
  const shown = MESSAGES.slice(0, questions.length).join("\n").split("\n").filter(Boolean);
  for (const payload of shown.filter((payload) => !payload.includes("](")))
    expect(text).toContain(letters(payload));
  const brought = jonas.page
    .getByRole("main")
    .locator("img, script, iframe, object, embed, form[action]");
  expect(await brought.count()).toBe(0);
  await set.shot(jonas.page, "scripts-4-assistant");
  await jonas.opens("All");
  await jonas.opens("Inbox");
});
