// One tap from very poor to very good, for one part of the conversation, with an optional line.
// A part is rated once, so the tap waits a moment for the line before it goes out.

import type { RatedPart } from "@segue/client";
import type { Language, TextKey } from "../../texts/texts";
import { h } from "../dom";
import { face } from "../faces";

/** How long a tap waits for a line, in milliseconds. */
export const RATING_WAITS_MS = 4_000;
const LINE_LENGTH_MAX = 500;
const SCORES = [1, 2, 3, 4, 5] as const;

export type Rate = (part: RatedPart, score: number, text?: string) => Promise<void>;

export class RatingView {
  readonly node: HTMLElement;
  readonly part: RatedPart;
  readonly #language: Language;
  readonly #rate: Rate;
  readonly #line: HTMLInputElement;
  readonly #more: HTMLFormElement;
  readonly #group: HTMLElement;
  readonly #question: HTMLElement;
  #score = 0;
  #is_sent = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(part: RatedPart, language: Language, rate: Rate) {
    const { t } = language;
    this.part = part;
    this.#language = language;
    this.#rate = rate;
    const title = `rate-${part}`;
    this.#group = h(
      "div",
      { class: "faces", role: "radiogroup", "aria-labelledby": title },
      ...SCORES.map((score) => this.#choice(score)),
    );
    this.#line = h("input", {
      type: "text",
      maxlength: LINE_LENGTH_MAX,
      "aria-label": t("rate_more"),
      placeholder: t("rate_more"),
      oninput: () => clearTimeout(this.#timer),
    });
    this.#more = h(
      "form",
      { class: "rate-more", hidden: true, onsubmit: (event) => this.#submit(event) },
      this.#line,
      h("button", { type: "submit", class: "solid" }, t("send")),
    );
    this.#question = h(
      "p",
      { id: title },
      t(part === "assistant" ? "rate_assistant" : "rate_agent"),
    );
    this.node = h("section", { class: `rating ${part}` }, this.#question, this.#group, this.#more);
  }

  #choice(score: (typeof SCORES)[number]): HTMLElement {
    const input = h("input", {
      type: "radio",
      name: `rate-${this.part}`,
      value: score,
      onchange: () => this.#chosen(score),
    });
    const word = this.#language.t(`rate_${score}` satisfies TextKey);
    return h("label", { class: "face" }, input, face(score), h("span", {}, word));
  }

  #chosen(score: number): void {
    this.#score = score;
    this.#more.hidden = false;
    this.#more.scrollIntoView({ block: "nearest" });
    clearTimeout(this.#timer);
    if (this.#line.value === "")
      this.#timer = setTimeout(() => {
        // Somebody who is at the line may be about to write.
        if (document.activeElement !== this.#line) this.flush();
      }, RATING_WAITS_MS);
  }

  #submit(event: Event): void {
    event.preventDefault();
    this.flush();
  }

  /** Sends what was tapped, if anything; also when the panel closes or the page goes away. */
  flush(): void {
    if (this.#is_sent || this.#score === 0) return;
    this.#is_sent = true;
    clearTimeout(this.#timer);
    const { t } = this.#language;
    const thanks = h("p", { class: "thanks", role: "status" }, t("rate_thanks"));
    const failed = () => {
      this.#is_sent = false;
      thanks.textContent = t("failed");
      this.node.replaceChildren(this.#question, this.#group, this.#more, thanks);
    };
    const had_focus = this.node.contains(document.activeElement);
    this.node.replaceChildren(thanks);
    if (had_focus) {
      thanks.tabIndex = -1;
      thanks.focus();
    }
    this.#rate(this.part, this.#score, this.#line.value.trim() || undefined).catch(failed);
  }

  get is_sent(): boolean {
    return this.#is_sent;
  }
}
