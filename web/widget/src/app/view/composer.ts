// The field one writes in. It takes open text in every state of the conversation but one: when it
// is too old to be opened again, a new one is offered instead.

import type { Language } from "../../texts/texts";
import { h, ICONS, icon, setText } from "../dom";

/** What one message may have; the server's own limit is in bytes and higher. */
export const MESSAGE_LENGTH_MAX = 4_000;

export interface ComposerActions {
  /** Every change of the text. */
  write: (text: string) => void;
  send: () => void;
  person: () => void;
  end: () => void;
  startNew: () => void;
}

/** What the quiet line under the field offers. */
export type Offer =
  | { kind: "ask" }
  | { kind: "asked" }
  | { kind: "with"; name: string }
  | { kind: "none" };

export class ComposerView {
  readonly node: HTMLElement;
  readonly #language: Language;
  readonly #field: HTMLTextAreaElement;
  readonly #send: HTMLButtonElement;
  readonly #count = h("p", { class: "problem", id: "count", role: "status", hidden: true });
  readonly #ask: HTMLButtonElement;
  readonly #said = h("span", { class: "said" });
  readonly #end: HTMLButtonElement;
  readonly #new: HTMLButtonElement;
  readonly #form: HTMLFormElement;
  readonly #actions: ComposerActions;

  constructor(language: Language, actions: ComposerActions) {
    const { t } = language;
    this.#language = language;
    this.#actions = actions;
    this.#field = h("textarea", {
      rows: 1,
      dir: "auto",
      enterkeyhint: "send",
      "aria-label": t("write"),
      placeholder: t("write"),
      oninput: () => this.#changed(),
      onkeydown: (event) => this.#key(event),
    });
    this.#send = h(
      "button",
      { type: "submit", class: "send", "aria-label": t("send"), title: t("send") },
      icon(...ICONS.send),
    );
    const quiet = (label: string, onclick: () => void) =>
      h("button", { type: "button", class: "quiet", onclick }, label);
    this.#ask = quiet(t("ask_person"), actions.person);
    this.#ask.prepend(icon(...ICONS.person));
    this.#end = quiet(t("end"), actions.end);
    this.#new = h(
      "button",
      { type: "button", class: "solid wide", onclick: actions.startNew },
      t("start_new"),
    );
    this.#form = h(
      "form",
      { class: "field", onsubmit: (event) => this.#submit(event) },
      this.#field,
      this.#send,
    );
    this.node = h(
      "footer",
      { class: "composer" },
      this.#form,
      this.#count,
      this.#new,
      h("div", { class: "quiet-row" }, this.#ask, this.#said, this.#end),
    );
    this.#new.hidden = true;
    this.update({ kind: "ask" }, "write", true, false);
    this.#changed(false);
  }

  get text(): string {
    return this.#field.value;
  }

  /** Shows a text that was written elsewhere: another tab, the host page, a kept draft. */
  show(text: string): void {
    if (this.#field.value === text) return;
    this.#field.value = text;
    this.#changed(false);
  }

  focus(): void {
    this.#field.focus();
  }

  update(
    offer: Offer,
    placeholder: "write" | "write_while_waiting" | "write_again",
    can_write: boolean,
    can_end: boolean,
  ): void {
    const { t } = this.#language;
    this.#field.placeholder = t(can_write ? placeholder : "write_not_possible");
    this.#form.hidden = !can_write;
    this.#new.hidden = can_write;
    this.#ask.hidden = offer.kind !== "ask";
    this.#said.hidden = offer.kind === "ask" || offer.kind === "none";
    if (offer.kind === "asked") setText(this.#said, t("person_asked"));
    if (offer.kind === "with") setText(this.#said, t("with_person", { name: offer.name }));
    this.#end.hidden = !can_end;
  }

  #changed(is_own = true): void {
    const { value } = this.#field;
    const over = value.length - MESSAGE_LENGTH_MAX;
    this.#count.hidden = over <= 0;
    setText(this.#count, over > 0 ? this.#language.t("too_long", { n: over }) : "");
    // Not `disabled`: the button stays reachable, an empty text is simply not sent.
    this.#send.setAttribute("aria-disabled", `${!this.#canSend()}`);
    // The field grows with its text up to the height that the style sheet allows.
    this.#field.rows = Math.min(6, Math.max(1, value.split("\n").length));
    if (is_own) this.#actions.write(value);
  }

  #canSend(): boolean {
    const { value } = this.#field;
    return value.trim() !== "" && value.length <= MESSAGE_LENGTH_MAX;
  }

  #key(event: Event): void {
    if (!(event instanceof KeyboardEvent)) return;
    // Enter while a word is being composed belongs to the input method.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit(event);
  }

  #submit(event: Event): void {
    event.preventDefault();
    if (this.#canSend()) this.#actions.send();
    this.#field.focus();
  }
}
