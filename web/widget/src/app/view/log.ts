// The conversation: one node per turn and per change of the floor, made once and kept.

import type { CustomerItem, FloorItem, Turn, TurnItem } from "@segue/client";
import { render } from "../../format";
import type { Language } from "../../texts/texts";
import { webAddressOf } from "../address";
import { h, ICONS, icon, setChildren } from "../dom";
import type { Story } from "../story";
import { clock } from "../wait";

/** Opens a link that stands in a message; the customer is asked first. */
export type OpenLink = (url: string, host: string, opener: HTMLElement) => void;

/** The message text, formatted, with links that ask before they open. */
export function message(text: string, openLink: OpenLink): HTMLElement {
  const body = h("div", { class: "text", dir: "auto" });
  body.append(
    render(text, {
      link: (label, url, host) => {
        const is_shown = label.includes(host);
        const link = h("button", { type: "button", class: "link" }, label);
        if (!is_shown) link.append(` (${host})`);
        link.addEventListener("click", () => openLink(url, host, link));
        return link;
      },
    }),
  );
  return body;
}

/** Who wrote a turn, as the label above it says. */
export function authorLabel(author: Turn["author"], { t }: Language): string {
  switch (author.kind) {
    case "customer":
      return t("by_you");
    case "assistant":
      return t("by_ai", { name: author.name });
    case "agent_draft":
      return t(author.is_edited ? "by_draft_edited" : "by_draft", { name: author.name });
    case "agent":
    case "system":
      return author.name;
  }
}

/** What the seam says, or nothing where a change means nothing to the customer. */
export function seamText(item: FloorItem, { t }: Language): string | null {
  const { floor, cause } = item;
  if (cause === "reopened") return t("seam_reopened");
  switch (floor.holder) {
    case "agent":
      return floor.agent ? t("seam_joined", { name: floor.agent.name }) : null;
    case "queue":
    case "locked":
      return floor.holder === "queue" && floor.kind !== "cold" && floor.queue_name
        ? t("seam_to", { who: floor.queue_name })
        : t("seam_to_person");
    case "assistant":
      return t("seam_back");
    case "review":
      return t("seam_review");
    case "closed":
      return t("seam_ended");
  }
}

/** The moment a turn was said; imported ones keep their own. */
const saidAt = (item: TurnItem) => new Date(item.source_at ?? item.at);

export class LogView {
  readonly node: HTMLElement;
  readonly #nodes = new Map<string, HTMLElement>();
  readonly #intro = h("div", { class: "intro" });
  readonly #language: Language;
  readonly #openLink: OpenLink;
  readonly #assistant: string;

  constructor(language: Language, openLink: OpenLink, greeting: string, assistant: string) {
    this.#assistant = assistant;
    this.#language = language;
    this.#openLink = openLink;
    this.node = h("div", {
      class: "log",
      role: "log",
      "aria-live": "polite",
      "aria-label": language.t("log_label"),
    });
    this.#intro.append(
      h("p", { class: "hello" }, greeting),
      h("p", { class: "disclosure" }, icon(...ICONS.spark), h("span", {}, language.t("intro"))),
    );
    this.node.append(this.#intro);
  }

  /** The node of a turn, to put something under it. */
  turn(turn: number): HTMLElement | undefined {
    return this.#nodes.get(`turn-${turn}`);
  }

  update(story: Story | null): void {
    const items = story?.view.items ?? [];
    const has_welcome = items.some((item) => item.type === "turn" && isWelcome(item));
    const shown: Node[] = has_welcome ? [] : [this.#intro];
    const stopped = story?.stopped;
    let before: CustomerItem | undefined;
    const addStopped = () => {
      if (stopped)
        shown.push(
          this.#keep(`stopped-${stopped.epoch}-${stopped.in_reply_to}`, () =>
            this.#bubble(
              "assistant",
              this.#language.t("by_ai", { name: this.#assistant }),
              message(stopped.text, this.#openLink),
              true,
            ),
          ),
        );
    };
    let is_stopped_shown = !stopped;
    items.forEach((item, index) => {
      if (!is_stopped_shown && stopped && item.version > stopped.after) {
        addStopped();
        is_stopped_shown = true;
      }
      const node = this.#item(item, before, index);
      if (node) {
        shown.push(node);
        before = item;
      }
    });
    if (!is_stopped_shown) addStopped();
    setChildren(this.node, shown);
  }

  #keep(key: string, make: () => HTMLElement): HTMLElement {
    const known = this.#nodes.get(key);
    if (known) return known;
    const node = make();
    this.#nodes.set(key, node);
    return node;
  }

  #item(item: CustomerItem, before: CustomerItem | undefined, index: number) {
    if (item.type === "turn")
      return this.#keep(`turn-${item.turn}`, () => this.#turn(item, before));
    // The floor a conversation begins with is no change.
    if (index === 0 || (before === undefined && item.floor.holder === "assistant")) return null;
    const text = seamText(item, this.#language);
    if (!text) return null;
    return this.#keep(`floor-${item.version}-${item.floor.epoch}`, () => {
      const at = new Date(item.at);
      return h(
        "div",
        { class: `seam ${item.floor.holder === "closed" ? "ended" : ""}` },
        h("span", {}, text, " · ", this.#time(at)),
      );
    });
  }

  #turn(item: TurnItem, before: CustomerItem | undefined): HTMLElement {
    const { author } = item;
    const text = message(item.text, this.#openLink);
    if (author.kind === "system")
      return h(
        "div",
        { class: `notice ${author.notice ?? ""}`, title: exact(saidAt(item), this.#language) },
        icon(...(author.notice === "welcome" ? ICONS.spark : ICONS.person)),
        text,
      );
    const goes_on =
      before?.type === "turn" &&
      before.author.kind === author.kind &&
      before.author.name === author.name;
    const label = goes_on ? "" : authorLabel(author, this.#language);
    const node = this.#bubble(author.kind, label, text, item.is_cut, saidAt(item));
    if (item.article) {
      const url = webAddressOf(item.article.url);
      if (url) node.append(this.#article(item.article.title, url));
    }
    return node;
  }

  #bubble(kind: string, label: string, text: HTMLElement, is_cut: boolean, at?: Date) {
    const { t } = this.#language;
    const is_own = kind === "customer";
    return h(
      "div",
      { class: `turn ${kind}`, title: at && exact(at, this.#language) },
      is_own
        ? h("span", { class: "sr" }, `${t("by_you")}: `)
        : label
          ? h("div", { class: "by" }, h("span", {}, label), at ? this.#time(at) : null)
          : null,
      h("div", { class: "bubble" }, text, is_cut && h("div", { class: "cut" }, t("stopped"))),
    );
  }

  #article(title: string, url: string): HTMLElement {
    const { t } = this.#language;
    return h(
      "a",
      { class: "article", href: url, target: "_blank", rel: "noopener" },
      icon(...ICONS.article),
      h("span", { class: "article-text" }, h("small", {}, t("article")), h("span", {}, title)),
      h("span", { class: "sr" }, ` (${t("new_tab")})`),
      icon(...ICONS.out),
    );
  }

  #time(at: Date): HTMLElement {
    return h("time", { datetime: at.toISOString() }, clock(at, this.#language.locale));
  }
}

const isWelcome = (item: TurnItem) => item.author.notice === "welcome";

function exact(at: Date, { locale }: Language): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" }).format(at);
}
