// The whole panel: header, banner, conversation with what hangs under it, and the field.

import type { CustomerState, RatedPart, WidgetSession } from "@segue/client";
import type { Language } from "../../texts/texts";
import { h, ICONS, icon, setChildren, setText } from "../dom";
import type { Outgoing } from "../outbox";
import type { Story } from "../story";
import { cardOf, clock, isCold, isWaiting } from "../wait";
import { CardView, initialsOf } from "./card";
import { ComposerView, type Offer } from "./composer";
import { LinkDialog } from "./link";
import { LogView, message } from "./log";
import { type Rate, RatingView } from "./rating";

export interface Actions {
  close: () => void;
  write: (text: string) => void;
  send: () => void;
  retry: (client_id: string) => void;
  person: () => void;
  withdraw: () => void;
  end: () => void;
  startNew: () => void;
  contact: (address: string) => Promise<void>;
  confirm: (turn: number, helped: boolean) => Promise<void>;
  rate: Rate;
}

export interface Shown {
  story: Story | null;
  outgoing: readonly Outgoing[];
  is_away: boolean;
  /** When the server was last heard, in milliseconds since the epoch. */
  heard_at: number;
}

/** What the line under the header can say. */
export type Said = "guest" | "signed_out" | "failed" | "too_fast" | "offline";

/** Scrolled this near to the end, one follows new messages, in pixels. */
const NEAR_END_PX = 80;

/** What stands under a text that is not known to be stored. */
function receipt({ status, code }: Outgoing, is_away: boolean) {
  switch (status) {
    case "refused":
      return "not_sent";
    case "sent":
      return "sent";
    case "stuck":
      return "waits_for_connection";
    case "waiting":
    case "sending":
      // Once it has failed it says why it waits, also while it is tried again.
      if (code === "too_many_requests") return "waits_a_moment";
      return code !== undefined || (is_away && status === "waiting")
        ? "waits_for_connection"
        : "sending";
  }
}

export class Screen {
  readonly node: HTMLElement;
  readonly composer: ComposerView;
  readonly #language: Language;
  readonly #actions: Actions;
  readonly #assistant: string;
  readonly #log: LogView;
  readonly #card: CardView;
  readonly #dialog: LinkDialog;
  readonly #picture = h("span", { class: "picture", "aria-hidden": "true" });
  readonly #speaker = h("p", { class: "speaker" });
  readonly #banner = h("div", { class: "banner", role: "status", hidden: true });
  readonly #pending = h("div", { class: "pending" });
  readonly #stream = h("div", { class: "turn assistant streaming", hidden: true });
  readonly #typing = h("div", { class: "typing", hidden: true });
  readonly #confirm = h("div", { class: "confirm" });
  readonly #ratings = h("div", { class: "ratings" });
  readonly #scroller: HTMLElement;
  readonly #below: HTMLButtonElement;
  #rated: RatingView[] = [];
  #rated_for = "";
  #confirmed = { turn: 0, is_answered: false };
  #streamed = "";
  #said: Said | null = null;
  #is_following = true;

  constructor(language: Language, info: WidgetSession, actions: Actions) {
    const { t } = language;
    this.#language = language;
    this.#actions = actions;
    this.#assistant = info.assistant.name;
    this.#dialog = new LinkDialog(language);
    const greeting = info.customer ? t("hello_name", { name: info.customer.name }) : t("hello");
    this.#log = new LogView(
      language,
      (url, host) => this.#dialog.ask(url, host),
      greeting,
      this.#assistant,
    );
    this.#card = new CardView(language, actions);
    this.composer = new ComposerView(language, actions);
    this.#scroller = h(
      "div",
      { class: "scroller", tabindex: -1, onscroll: () => this.#scrolled() },
      this.#log.node,
      this.#ratings,
      this.#pending,
      this.#stream,
      this.#typing,
      this.#card.node,
    );
    this.#below = h(
      "button",
      { type: "button", class: "below", hidden: true, onclick: () => this.follow() },
      icon(...ICONS.down),
      t("new_below"),
    );
    this.node = h(
      "main",
      // Named, because the page around the frame has a main part of its own.
      { class: "screen", "aria-label": info.company.name },
      this.#header(info),
      this.#banner,
      h("div", { class: "middle" }, this.#scroller, this.#below),
      this.composer.node,
      this.#dialog.node,
    );
    // The panel's size follows the window, the keyboard of a phone and the field.
    new ResizeObserver(() => this.#keepEnd()).observe(this.#scroller);
  }

  #header(info: WidgetSession): HTMLElement {
    const { t } = this.#language;
    return h(
      "header",
      { class: "header" },
      this.#picture,
      h("div", { class: "names" }, h("h1", {}, info.company.name), this.#speaker),
      h(
        "button",
        {
          type: "button",
          class: "close",
          "aria-label": t("close"),
          title: t("close"),
          onclick: () => this.#actions.close(),
        },
        icon(...ICONS.close),
      ),
    );
  }

  /** The panel was opened. */
  shown(): void {
    this.composer.focus();
    this.follow();
  }

  /** What was tapped goes out before the panel or the page goes away. */
  flush(): void {
    for (const rating of this.#rated) rating.flush();
  }

  /** A line about the last action; null takes it away. */
  say(what: Said | null): void {
    this.#said = what;
    this.#drawBanner(false);
  }

  /** Scrolls to the end and stays there. */
  follow(): void {
    this.#is_following = true;
    this.#keepEnd();
  }

  draw(shown: Shown): void {
    const { story } = shown;
    const state = story?.view.state ?? null;
    const before = this.#scroller.scrollHeight;
    this.#log.update(story);
    this.#drawHeader(state);
    this.#drawBanner(shown.is_away);
    this.#drawPending(shown, state);
    this.#drawStream(story);
    this.#drawTyping(story);
    this.#drawCard(state, shown);
    this.#drawConfirm(state);
    this.#drawRatings(story, state);
    this.#drawComposer(state);
    if (this.#is_following) this.#keepEnd();
    else if (this.#scroller.scrollHeight > before) this.#below.hidden = false;
  }

  #drawHeader(state: CustomerState | null): void {
    const { t } = this.#language;
    const [text, kind] = this.#speaking(state);
    setText(this.#speaker, text);
    const initials = kind === "agent" ? initialsOf(state?.speaker.name ?? "") : "";
    this.#picture.className = `picture ${kind}`;
    if (initials) setText(this.#picture, initials);
    else if (this.#picture.dataset.kind !== kind || !this.#picture.firstElementChild)
      this.#picture.replaceChildren(
        icon(
          ...(kind === "assistant" ? ICONS.spark : kind === "closed" ? ICONS.check : ICONS.person),
        ),
      );
    this.#picture.dataset.kind = kind;
    document.title = `${text} – ${t("log_label")}`;
  }

  #speaking(state: CustomerState | null): [string, "assistant" | "agent" | "queue" | "closed"] {
    const { t } = this.#language;
    if (!state) return [t("by_ai", { name: this.#assistant }), "assistant"];
    const { holder } = state.floor;
    const said = [state.speaker.name, state.speaker.note].filter((part) => part).join(" · ");
    if (state.is_closed || holder === "closed") return [t("header_closed"), "closed"];
    if (isWaiting(state)) {
      const who = isCold(state) ? "" : state.wait?.is_open === false ? "" : state.wait?.who;
      if (state.wait?.is_open === false && !isCold(state)) return [t("away"), "queue"];
      return [who ? t("header_waiting", { who }) : t("header_waiting_unnamed"), "queue"];
    }
    return [said, holder === "agent" ? "agent" : "assistant"];
  }

  #drawBanner(is_away: boolean): void {
    const what = is_away ? "offline" : this.#said;
    this.#banner.hidden = what === null;
    setText(this.#banner, what === null ? "" : this.#language.t(what));
  }

  #drawPending({ story, outgoing, is_away }: Shown, state: CustomerState | null): void {
    const { t } = this.#language;
    const nodes: HTMLElement[] = outgoing.map((entry) => {
      const is_failed = entry.status === "refused";
      const bubble = h("div", { class: "bubble" });
      bubble.append(message(entry.text, (url, host) => this.#dialog.ask(url, host)));
      const status = t(receipt(entry, is_away));
      const again = h(
        "button",
        { type: "button", class: "again", onclick: () => this.#actions.retry(entry.client_id) },
        t("try_again"),
      );
      return h(
        "div",
        { class: `turn customer ${entry.status}` },
        h("span", { class: "sr" }, `${t("by_you")}: `),
        bubble,
        h(
          "div",
          { class: "receipt", role: "status" },
          status,
          is_failed ? " – " : null,
          is_failed && again,
        ),
      );
    });
    const last = story?.view.items.filter((item) => item.type === "turn").at(-1);
    // "Sent" stands under the last own message until somebody answers.
    if (nodes.length === 0 && last?.type === "turn" && last.author.kind === "customer" && state) {
      const time = clock(new Date(last.at), this.#language.locale);
      nodes.push(h("div", { class: "receipt" }, `${t("sent")} · ${time}`));
    }
    const key = nodes.map((node) => `${node.className}${node.textContent}`).join("|");
    if (this.#pending.dataset.key === key) return;
    this.#pending.dataset.key = key;
    this.#pending.replaceChildren(...nodes);
  }

  #drawStream(story: Story | null): void {
    const stream = story?.view.stream;
    this.#stream.hidden = !stream?.text;
    const text = stream?.text ?? "";
    if (this.#streamed === text) return;
    this.#streamed = text;
    const { t } = this.#language;
    // Sentences are few; drawing the bubble anew keeps lists and code whole as they grow.
    this.#stream.replaceChildren(
      h("div", { class: "by" }, t("by_ai", { name: this.#assistant })),
      h(
        "div",
        { class: "bubble" },
        message(text, (url, host) => this.#dialog.ask(url, host)),
      ),
    );
  }

  #drawTyping(story: Story | null): void {
    const typing = story?.view.typing;
    this.#typing.hidden = !typing;
    if (!typing) return;
    const holder = story?.view.state?.speaker.name;
    const name = typing.name ?? (typing.who === "assistant" ? this.#assistant : holder) ?? "";
    const text = this.#language.t("typing", { name });
    if (this.#typing.dataset.text === text) return;
    this.#typing.dataset.text = text;
    this.#typing.replaceChildren(
      h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
      h("span", {}, text),
    );
  }

  #drawCard(state: CustomerState | null, { is_away, heard_at }: Shown): void {
    const card = state && cardOf(state, new Date(), this.#language);
    const as_of = is_away && heard_at ? clock(new Date(heard_at), this.#language.locale) : null;
    this.#card.update(card, as_of);
  }

  #drawConfirm(state: CustomerState | null): void {
    const turn = state?.confirmable_turn;
    if (turn === undefined || turn === null) {
      // The thanks stay where they are; an unanswered question goes.
      if (!this.#confirmed.is_answered) this.#confirm.remove();
      return;
    }
    if (this.#confirmed.turn === turn) return;
    const place = this.#log.turn(turn);
    if (!place) return;
    this.#confirmed = { turn, is_answered: false };
    const { t } = this.#language;
    const answer = (helped: boolean) => () => this.#answer(turn, helped);
    const button = (label: string, helped: boolean) =>
      h("button", { type: "button", class: "pill", onclick: answer(helped) }, label);
    this.#confirm.replaceChildren(
      h("span", {}, t("helped")),
      button(t("yes"), true),
      button(t("no"), false),
    );
    place.append(this.#confirm);
  }

  #answer(turn: number, helped: boolean): void {
    const { t } = this.#language;
    this.#confirmed = { turn, is_answered: true };
    this.#confirm.replaceChildren(h("span", {}, t(helped ? "helped_yes" : "helped_no")));
    this.composer.focus();
    this.#actions.confirm(turn, helped).catch(() => {
      this.#confirmed = { turn: 0, is_answered: false };
      this.say("failed");
    });
  }

  #drawRatings(story: Story | null, state: CustomerState | null): void {
    const parts: RatedPart[] = ["assistant", "agent"];
    const open = state?.is_closed ? parts.filter((part) => state.rating[part] === "open") : [];
    const closing = state?.is_closed ? `${story?.view.conversation}-${state.epoch}` : "";
    if (closing !== this.#rated_for) {
      this.flush();
      this.#rated_for = closing;
      this.#rated = [];
    }
    for (const part of open)
      if (!this.#rated.some((rating) => rating.part === part))
        this.#rated.push(new RatingView(part, this.#language, this.#actions.rate));
    const shown = this.#rated.filter((rating) => rating.is_sent || open.includes(rating.part));
    setChildren(
      this.#ratings,
      shown.map((rating) => rating.node),
    );
  }

  #drawComposer(state: CustomerState | null): void {
    const holder = state?.floor.holder;
    let offer: Offer = { kind: "ask" };
    if (state && isWaiting(state)) offer = { kind: "asked" };
    else if (holder === "agent" && state) offer = { kind: "with", name: state.speaker.name };
    const is_closed = state?.is_closed ?? false;
    this.composer.update(
      offer,
      is_closed ? "write_again" : offer.kind === "asked" ? "write_while_waiting" : "write",
      state?.can_write ?? true,
      state !== null && !is_closed,
    );
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    this.#is_following = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (this.#is_following) this.#below.hidden = true;
  }

  #keepEnd(): void {
    if (!this.#is_following) return;
    this.#below.hidden = true;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }
}
