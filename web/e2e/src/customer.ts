// A customer on the company's site: finds things by what they say, as people do.

import type { FrameLocator, Locator, Page } from "playwright-core";
import { SOON_MS } from "./wait";
import { type Heard, hear } from "./watch";

export class Customer {
  readonly page: Page;
  readonly chat: FrameLocator;
  /** Everything this page received from the server. */
  readonly heard: Heard[];
  readonly #site: string;

  constructor(page: Page, site: string) {
    this.page = page;
    this.#site = site;
    this.chat = page.frameLocator("#segue-widget iframe");
    this.heard = hear(page);
  }

  /** Comes to the site, signs in if they have an account, and opens the chat. */
  async arrive(email?: string): Promise<void> {
    await this.page.goto(this.#site);
    if (email) {
      await this.page.getByLabel("Demo: sign in as").selectOption(email);
    }
    await this.openChat();
  }

  async openChat(): Promise<void> {
    await this.page.getByRole("button", { name: /^Open chat/ }).click();
    await this.field.waitFor();
  }

  get field(): Locator {
    return this.chat.getByRole("textbox", { name: "Write a message" });
  }

  get log(): Locator {
    return this.chat.getByRole("log");
  }

  /** The card that says who will take over. */
  get card(): Locator {
    return this.chat.getByRole("region", { name: "Your handoff to a person" });
  }

  get header(): Locator {
    return this.chat.getByRole("banner");
  }

  /** Bubbles of one kind of author, in order. */
  bubbles(of: "customer" | "assistant" | "agent" | "agent_draft"): Locator {
    return this.log.locator(`.turn.${of} .bubble`);
  }

  async say(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press("Enter");
    // It stands in the conversation, not only in the line of what is being sent.
    await this.bubbles("customer")
      .filter({ hasText: firstLine(text) })
      .last()
      .waitFor();
  }

  async sees(text: string | RegExp, within_ms = SOON_MS): Promise<void> {
    await this.chat.getByText(text).first().waitFor({ timeout: within_ms });
  }

  button(name: string | RegExp): Locator {
    return this.chat.getByRole("button", { name });
  }

  /** All that can be read in the chat now. */
  async reads(): Promise<string> {
    return this.chat.getByRole("main").innerText();
  }

  /** What came over the wire, as one text. */
  get wire(): string {
    return this.heard.map(({ text }) => text).join("\n");
  }
}

const firstLine = (text: string) => text.split("\n")[0]?.slice(0, 60) ?? "";
