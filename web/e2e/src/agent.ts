// An agent at the console: finds things by what they say, as people do.

import type { Locator, Page } from "playwright-core";
import { SOON_MS } from "./wait";
import { type Heard, hear } from "./watch";

export class Agent {
  readonly page: Page;
  readonly name: string;
  /** Everything this page received from the server. */
  readonly heard: Heard[];

  constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
    this.heard = hear(page);
  }

  async signIn(link: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByRole("button", { name: "Sign in" }).click();
    await this.atInbox();
  }

  /** Comes back with the session they have. */
  async comesTo(console: string): Promise<void> {
    await this.page.goto(console);
    await this.atInbox();
  }

  private async atInbox(): Promise<void> {
    await this.page.getByRole("heading", { name: "Inbox" }).waitFor({ state: "attached" });
  }

  async is(presence: "Available" | "Busy" | "Away"): Promise<this> {
    const choice = this.page.getByLabel("Your presence");
    // On a phone it is behind "More".
    const more = this.page.getByRole("button", { name: "More" });
    if (await more.isVisible()) await more.click();
    await choice.selectOption(presence);
    await this.page.locator(`.presence-dot.is-${presence.toLowerCase()}`).waitFor();
    if (await more.isVisible()) await more.click();
    return this;
  }

  get offer(): Locator {
    return this.page.getByRole("article", { name: /^Offer: / });
  }

  get mine(): Locator {
    return this.page.getByRole("region", { name: /^Mine/ });
  }

  get waiting(): Locator {
    return this.page.getByRole("region", { name: /^Waiting/ });
  }

  get log(): Locator {
    return this.page.getByRole("log", { name: "What was said" });
  }

  get packet(): Locator {
    return this.page.getByRole("complementary", { name: "Packet" });
  }

  get composer(): Locator {
    return this.page.getByRole("textbox", { name: "Reply to the customer" });
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name });
  }

  async opens(page: string): Promise<void> {
    await this.page
      .getByRole("navigation", { name: "Pages" })
      .getByRole("link", { name: page })
      .click();
    await this.page.getByRole("heading", { level: 1 }).first().waitFor();
  }

  /** A key while nobody is typing. */
  async presses(key: string): Promise<void> {
    await this.page.keyboard.press(key);
  }

  async accepts(): Promise<void> {
    await this.offer.first().waitFor();
    await this.presses("a");
    await this.packet.waitFor();
  }

  async readsPacket(): Promise<void> {
    await this.packet.getByText("WANTS").waitFor();
    await this.presses("p");
    await this.composer.waitFor();
  }

  /** The text on the policy page. */
  get policyText(): Locator {
    return this.page.getByRole("textbox", { name: /^Policy text/ });
  }

  /** Replaces the whole text on the policy page. The editor draws only what is in view. */
  async writesPolicy(text: string): Promise<void> {
    await this.policyText.click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }

  /** Says why in the open dialog, and confirms. */
  async says(reason: string, confirm: string): Promise<void> {
    await this.dialog.getByRole("textbox").fill(reason);
    await this.dialog.getByRole("button", { name: confirm }).click();
    await this.dialog.waitFor({ state: "detached" });
  }

  async replies(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
    await this.log.getByText(text).first().waitFor();
  }

  async notes(text: string): Promise<void> {
    await this.button("Note").click();
    await this.dialog.getByLabel("Note", { exact: true }).fill(text);
    await this.dialog.getByRole("button", { name: "Add note" }).click();
    await this.log.getByText(text).waitFor();
  }

  async resolves(how: { disposition: string; cause?: string; line?: string }): Promise<void> {
    await this.button("Resolve").click();
    await this.dialog.getByRole("radio", { name: how.disposition }).check({ force: true });
    if (how.cause)
      await this.dialog.getByLabel("Why could the assistant not?").selectOption(how.cause);
    if (how.line) await this.dialog.getByLabel("Closing line (optional)").fill(how.line);
    await this.dialog.getByRole("button", { name: "Resolve" }).click();
    await this.dialog.waitFor({ state: "detached" });
  }

  async handsBack(how: { line: string; brief: string }): Promise<void> {
    await this.button("Hand back").click();
    await this.dialog.getByLabel("Line to the customer").fill(how.line);
    await this.dialog.getByLabel("Brief for the assistant").fill(how.brief);
    await this.dialog.getByRole("button", { name: "Hand back" }).click();
    await this.dialog.waitFor({ state: "detached" });
  }

  async sees(text: string | RegExp, within_ms = SOON_MS): Promise<void> {
    await this.page.getByText(text).first().waitFor({ timeout: within_ms });
  }
}
