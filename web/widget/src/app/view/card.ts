// The handoff card: who comes, about when, and what else one can do. Its nodes stay, so that an
// estimate changes in place and a half-typed address survives it.

import type { Language } from "../../texts/texts";
import { isAddress } from "../address";
import { h, ICONS, icon, setText } from "../dom";
import type { Card } from "../wait";

export interface CardActions {
  /** Resolves when the server has taken it. */
  contact: (address: string) => Promise<void>;
  withdraw: () => void;
}

export class CardView {
  readonly node: HTMLElement;
  readonly #language: Language;
  readonly #actions: CardActions;
  readonly #picture = h("span", { class: "picture", "aria-hidden": "true" });
  readonly #heading = h("small", { class: "card-heading" });
  readonly #title = h("strong", { class: "card-title" });
  readonly #team = h("span", { class: "card-team" });
  readonly #reason = h("p", { class: "card-reason" });
  readonly #estimate = h("p", { class: "card-estimate", role: "status" });
  readonly #next = h("p", { class: "card-next" });
  readonly #notes: HTMLElement;
  readonly #leave: HTMLButtonElement;
  readonly #goOn: HTMLButtonElement;
  readonly #buttons: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #address: HTMLInputElement;
  readonly #problem = h("p", { class: "problem", id: "address-problem", role: "alert" });
  #card: Card | null = null;
  #is_writing = false;

  constructor(language: Language, actions: CardActions) {
    const { t } = language;
    this.#language = language;
    this.#actions = actions;
    this.#notes = h("p", { class: "card-notes" }, icon(...ICONS.check), t("notes_passed"));
    this.#leave = h(
      "button",
      { type: "button", class: "plain", onclick: () => this.#write(true) },
      t("leave_email"),
    );
    this.#goOn = h(
      "button",
      { type: "button", class: "plain", onclick: () => actions.withdraw() },
      t("go_on"),
    );
    this.#buttons = h("div", { class: "card-buttons" }, this.#leave, this.#goOn);
    this.#address = h("input", {
      id: "address",
      type: "email",
      inputmode: "email",
      autocomplete: "email",
      maxlength: 254,
      oninput: () => this.#complain(""),
    });
    this.#form = h(
      "form",
      { class: "card-form", novalidate: true, onsubmit: (event) => void this.#submit(event) },
      h("label", { for: "address" }, t("email")),
      this.#address,
      this.#problem,
      h(
        "div",
        { class: "card-buttons" },
        h("button", { type: "submit", class: "solid" }, t("email_leave")),
        h(
          "button",
          { type: "button", class: "plain", onclick: () => this.#write(false) },
          t("email_cancel"),
        ),
      ),
    );
    this.node = h(
      "section",
      { class: "card", "aria-label": t("card_label") },
      h(
        "div",
        { class: "card-head" },
        this.#picture,
        h("div", { class: "card-names" }, this.#heading, this.#title, this.#team),
      ),
      this.#reason,
      this.#estimate,
      this.#next,
      this.#notes,
      this.#form,
      this.#buttons,
    );
    this.node.hidden = true;
  }

  get #texts(): HTMLElement[] {
    return [this.#heading, this.#title, this.#team, this.#reason, this.#estimate, this.#next];
  }

  /** `as_of` is when the estimate was last heard, while the connection is away. */
  update(card: Card | null, as_of: string | null): void {
    this.#card = card;
    this.node.hidden = card === null;
    if (!card) {
      this.#is_writing = false;
      return;
    }
    const { t } = this.#language;
    this.node.className = `card ${card.kind}`;
    setText(this.#heading, card.heading);
    setText(this.#title, card.title);
    setText(this.#team, card.team ?? "");
    setText(this.#reason, card.reason ?? "");
    const stale = as_of && card.kind === "warm" ? ` (${t("as_of", { time: as_of })})` : "";
    setText(this.#estimate, card.estimate ? `${card.estimate}${stale}` : "");
    setText(this.#next, card.next ?? "");
    this.#drawPicture(card);
    if (!card.may_leave_contact) this.#is_writing = false;
    this.#layOut(card);
  }

  #drawPicture(card: Card): void {
    const initials = initialsOf(card.person ?? "");
    if (initials) setText(this.#picture, initials);
    else if (!this.#picture.querySelector("svg") || card.kind !== this.#picture.dataset.kind)
      this.#picture.replaceChildren(icon(...(card.kind === "away" ? ICONS.clock : ICONS.person)));
    this.#picture.dataset.kind = card.kind;
  }

  /** Everything keeps its place and is only hidden, so that the focus stays where it is. */
  #layOut(card: Card): void {
    for (const node of this.#texts) node.hidden = node.textContent === "";
    this.#notes.hidden = !card.notes_passed;
    this.#form.hidden = !this.#is_writing;
    this.#leave.hidden = !card.may_leave_contact || this.#is_writing;
    this.#goOn.hidden = !card.may_withdraw || this.#is_writing;
    this.#buttons.hidden = this.#leave.hidden && this.#goOn.hidden;
  }

  #write(is_writing: boolean): void {
    this.#is_writing = is_writing;
    this.#complain("");
    // What they have begun to write stays.
    if (is_writing) this.#address.value ||= this.#card?.address ?? "";
    if (this.#card) this.#layOut(this.#card);
    (is_writing ? this.#address : this.#leave).focus();
  }

  #complain(text: string): void {
    setText(this.#problem, text);
    this.#problem.hidden = text === "";
    this.#address.setAttribute("aria-invalid", `${text !== ""}`);
    if (text) this.#address.setAttribute("aria-describedby", "address-problem");
    else this.#address.removeAttribute("aria-describedby");
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const address = this.#address.value.trim();
    if (!isAddress(address)) {
      this.#complain(this.#language.t("email_invalid"));
      this.#address.focus();
      return;
    }
    try {
      await this.#actions.contact(address);
      this.#is_writing = false;
      this.#address.value = "";
      if (this.#card) this.#layOut(this.#card);
    } catch {
      this.#complain(this.#language.t("failed"));
    }
  }
}

/** At most two initials of a person's name. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const [first, ...others] = words.map((word) => [...word][0] ?? "");
  return (first ?? "") + (others.at(-1) ?? "");
}
