// Before a link from a message is opened, its host is shown and asked about (S-1).

import type { Language } from "../../texts/texts";
import { h } from "../dom";

export class LinkDialog {
  readonly node: HTMLDialogElement;
  readonly #host = h("p", { class: "host", dir: "ltr" });
  #url = "";

  constructor({ t }: Language) {
    const close = () => this.node.close();
    this.node = h(
      "dialog",
      { class: "leave", "aria-labelledby": "leave-title" },
      h("p", { id: "leave-title" }, t("link_leads")),
      this.#host,
      h(
        "div",
        { class: "card-buttons" },
        h(
          "button",
          { type: "button", class: "solid", onclick: () => this.#open() },
          t("link_open"),
        ),
        h("button", { type: "button", class: "plain", onclick: close }, t("link_stay")),
      ),
    );
  }

  /** The dialog gives the focus back to the link by itself. */
  ask(url: string, host: string): void {
    this.#url = url;
    this.#host.textContent = host;
    this.node.showModal();
  }

  #open(): void {
    this.node.close();
    window.open(this.#url, "_blank", "noopener,noreferrer");
  }
}
