// One visitor's chat: wires session, live connection, story and views. It decides nothing about
// the conversation; it shows what the server says and hands over what the customer does.

import {
  ApiError,
  type CustomerFrame,
  type CustomerItem,
  type CustomerSnapshot,
  type CustomerState,
  expireTyping,
  freshKey,
  Live,
  type LiveStatus,
  type RatedPart,
} from "@segue/client";
import { english, type Language, loadLanguage } from "../texts/texts";
import { h } from "./dom";
import { SharedDraft } from "./draft";
import { Outbox } from "./outbox";
import { type Host, Session } from "./session";
import { passing, readJson } from "./storage";
import { emptyStory, receive, type Story, unreadAfter } from "./story";
import { Screen } from "./view/screen";
import { isWaiting } from "./wait";

/** A connection that is back within this time was never away, as far as people notice. */
const AWAY_AFTER_MS = 1_200;
const START_AGAIN_MS_MIN = 2_000;
const START_AGAIN_MS_MAX = 20_000;
/** Tells a page of somebody signed in that this tab has a conversation. */
export const ACTIVE_KEY = "segue.active";

/** What the frame around us is told. */
export interface Outside {
  close: () => void;
  unread: (count: number) => void;
  identityNeeded: () => void;
}

type Texts = { client_id: string; text: string }[];
const isTexts = (value: unknown): value is Texts =>
  Array.isArray(value) &&
  value.every((entry) => typeof entry?.client_id === "string" && typeof entry?.text === "string");

export class App {
  readonly node = h("div", { class: "app" });
  readonly #session: Session;
  readonly #host: Host;
  readonly #outside: Outside;
  #language: Language = english;
  #screen: Screen | null = null;
  #live: Live<CustomerItem, CustomerState> | null = null;
  #outbox: Outbox | null = null;
  #draft: SharedDraft | null = null;
  #story: Story | null = null;
  #opening: Promise<string> | null = null;
  #is_open = false;
  #is_started = false;
  #is_gone = false;
  #is_away = false;
  #away_timer: ReturnType<typeof setTimeout> | undefined;
  #heard_at = 0;
  #failures = 0;
  #filled: string | null = null;
  readonly #ticking: ReturnType<typeof setInterval>;
  readonly #listeners = new AbortController();

  constructor(host: Host, outside: Outside) {
    this.#host = host;
    this.#outside = outside;
    this.#session = new Session(host, outside.identityNeeded);
    this.#ticking = setInterval(() => this.#tick(), 1_000);
    const { signal } = this.#listeners;
    window.addEventListener("online", () => this.#online(), { signal });
    window.addEventListener("offline", () => this.#draw(), { signal });
    window.addEventListener("pagehide", () => this.#screen?.flush(), { signal });
    document.addEventListener("visibilitychange", () => this.#read(), { signal });
    const is_known =
      host.identity === undefined ? Session.isKnown() : passing.get(ACTIVE_KEY) !== null;
    // Nobody is counted as a visitor before they open the chat; whoever was here sees the badge.
    if (is_known) void this.#start();
  }

  open(page: string): void {
    this.#host.page = page;
    this.#is_open = true;
    if (!this.#is_started) void this.#start();
    this.#screen?.shown();
    this.#read();
  }

  close(): void {
    this.#is_open = false;
    this.#screen?.flush();
  }

  /** Puts a text into the field; only the customer sends it. */
  fill(text: string): void {
    if (!this.#draft || !this.#screen) {
      this.#filled = text;
      return;
    }
    this.#draft.write(text);
    this.#screen.composer.show(text);
    this.#screen.composer.focus();
  }

  destroy(): void {
    this.#is_gone = true;
    this.#screen?.flush();
    clearInterval(this.#ticking);
    clearTimeout(this.#away_timer);
    this.#listeners.abort();
    this.#live?.stop();
    this.#draft?.close();
    this.node.remove();
  }

  async #start(): Promise<void> {
    this.#is_started = true;
    try {
      const info = await this.#session.start();
      if (this.#is_gone) return;
      this.#language = await loadLanguage(regional(info.texts_locale, this.#host.locale));
      if (this.#is_gone) return;
      document.documentElement.lang = this.#language.locale;
      this.#build();
      if (info.conversation) this.#join(info.conversation);
    } catch {
      if (this.#is_gone) return;
      this.#failures += 1;
      if (!this.#screen) await this.#showUnreachable();
      const wait = Math.min(START_AGAIN_MS_MAX, START_AGAIN_MS_MIN * 2 ** (this.#failures - 1));
      setTimeout(() => {
        if (!this.#is_gone && !this.#screen) void this.#start();
      }, wait);
    }
  }

  async #showUnreachable(): Promise<void> {
    const language = await loadLanguage(this.#host.locale);
    const text = h("p", { class: "unreachable", role: "alert" }, language.t("start_failed"));
    const close = h(
      "button",
      { type: "button", class: "plain", onclick: () => this.#outside.close() },
      language.t("close"),
    );
    this.node.replaceChildren(h("div", { class: "unreachable-page" }, text, close));
  }

  #build(): void {
    const { shelf, scope, info } = this.#session;
    if (!info) return;
    const unsent_key = `segue.unsent.${scope}`;
    this.#screen = new Screen(this.#language, info, {
      close: () => this.#outside.close(),
      write: (text) => this.#write(text),
      send: () => this.#send(),
      retry: (client_id) => this.#outbox?.retry(client_id),
      person: () => this.#act(() => this.#post("person")),
      withdraw: () => this.#act(() => this.#post("withdraw")),
      end: () => this.#act(() => this.#post("end")),
      startNew: () => this.#act(() => this.#startNew()),
      contact: (address) => this.#post("contact", { address }),
      confirm: (turn, helped) => this.#post("confirm", { turn, helped }),
      rate: (part, score, text) => this.#rate(part, score, text),
    });
    this.#outbox = new Outbox(
      {
        send: (text, client_id) => this.#say(text, client_id),
        save: (texts) => shelf.set(unsent_key, texts.length > 0 ? JSON.stringify(texts) : null),
        onChange: () => this.#draw(),
        key: freshKey,
        after: (ms, action) => void setTimeout(action, ms),
        random: Math.random,
      },
      readJson(shelf, unsent_key, isTexts) ?? [],
    );
    this.#draft = new SharedDraft(
      info.conversation ?? scope,
      shelf,
      (draft) => this.#screen?.composer.show(draft.text),
      (conversation) => this.#join(conversation),
    );
    if (this.#filled !== null) this.#draft.write(this.#filled);
    this.#screen.composer.show(this.#draft.draft.text);
    this.node.replaceChildren(this.#screen.node);
    if (this.#session.is_guest) this.#screen.say("guest");
    if (this.#is_open) this.#screen.shown();
    this.#draw();
    this.#outbox.nudge();
  }

  /** Follows a conversation; from the beginning, or from a snapshot that is here already. */
  #join(conversation: string, snapshot?: CustomerSnapshot): void {
    if (this.#story?.view.conversation !== conversation) {
      if (this.#story) this.#live?.unsubscribe(topicOf(this.#story.view.conversation));
      this.#story = emptyStory(conversation);
      if (this.#session.is_identified) passing.set(ACTIVE_KEY, "1");
    }
    if (snapshot) this.#receive({ type: "snapshot", ...snapshot });
    this.#live ??= this.#connect();
    this.#live.subscribe(topicOf(conversation), this.#story.view.version);
    this.#live.start();
    this.#draw();
  }

  #connect(): Live<CustomerItem, CustomerState> {
    const { protocol, host } = window.location;
    return new Live<CustomerItem, CustomerState>({
      url: `${protocol === "https:" ? "wss" : "ws"}://${host}/v1/live`,
      ticket: async () => (await this.#session.post<{ ticket: string }>("/ticket")).ticket,
      onFrame: (frame) => this.#receive(frame),
      onStatus: (status) => this.#status(status),
    });
  }

  #status(status: LiveStatus): void {
    if (status === "open") {
      clearTimeout(this.#away_timer);
      this.#away_timer = undefined;
      this.#is_away = false;
      this.#outbox?.nudge();
    } else if (status !== "idle") {
      // From the first loss on, not from the latest of many attempts.
      if (status !== "signed_out")
        this.#away_timer ??= setTimeout(() => {
          this.#is_away = true;
          this.#draw();
        }, AWAY_AFTER_MS);
      // A new token, then again; a refused session is tried like a lost connection.
      if (status === "signed_out") this.#signInAgain();
    }
    this.#draw();
  }

  #signInAgain(): void {
    if (this.#is_gone) return;
    this.#session.start().then(
      () => this.#live?.start(),
      (error: unknown) => {
        if (error instanceof ApiError && error.status === 401) this.#screen?.say("signed_out");
        setTimeout(() => this.#signInAgain(), START_AGAIN_MS_MAX);
      },
    );
  }

  #online(): void {
    this.#live?.nudge();
    this.#outbox?.nudge();
    this.#draw();
  }

  #receive(frame: CustomerFrame): void {
    if (!this.#story) return;
    const before = this.#story.view;
    const is_first = before.version === 0;
    this.#heard_at = Date.now();
    this.#story = receive(this.#story, frame, this.#heard_at);
    const { view } = this.#story;
    if (view.version !== before.version)
      this.#outbox?.seen(
        view.items.flatMap((item) =>
          item.type === "turn" && item.author.kind === "customer"
            ? // What a snapshot tells may be older than the text that waits: only numbers count.
              [
                {
                  turn: item.turn,
                  text: item.text,
                  is_new: !is_first && item.version > before.version,
                },
              ]
            : [],
        ),
      );
    this.#draw();
    this.#read();
  }

  #write(text: string): void {
    this.#draft?.write(text);
    if (text && this.#story) this.#live?.typing(this.#story.view.conversation);
  }

  #send(): void {
    const draft = this.#draft?.take();
    if (!draft) return;
    this.#screen?.composer.show("");
    this.#screen?.follow();
    this.#outbox?.add(draft.text.trim(), draft.client_id);
  }

  async #say(text: string, client_id: string): Promise<{ turn: number }> {
    const conversation = await this.#ensure();
    const path = `/conversations/${conversation}/turns`;
    return this.#session.post<{ turn: number }>(path, { text, client_id }, client_id);
  }

  /** The conversation, opened now if there is none. */
  #ensure(): Promise<string> {
    const known = this.#story?.view.conversation;
    if (known) return Promise.resolve(known);
    this.#opening ??= this.#startNew().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #startNew(): Promise<string> {
    const snapshot = await this.#session.begin();
    if (!this.#is_gone) {
      this.#join(snapshot.conversation, snapshot);
      this.#draft?.join(snapshot.conversation);
    }
    return snapshot.conversation;
  }

  async #post(verb: string, body: unknown = {}): Promise<void> {
    const conversation = await this.#ensure();
    await this.#session.post(`/conversations/${conversation}/${verb}`, body);
  }

  async #rate(part: RatedPart, score: number, text?: string): Promise<void> {
    await this.#post("rating", text ? { part, score, text } : { part, score });
  }

  /** Runs an action of a button and says so when it did not work. */
  #act(action: () => Promise<unknown>): void {
    this.#screen?.say(null);
    action().catch((error: unknown) => {
      const is_offline = error instanceof ApiError && error.status === 0;
      const is_flood = error instanceof ApiError && error.status === 429;
      this.#screen?.say(is_offline ? "offline" : is_flood ? "too_fast" : "failed");
    });
  }

  #draw(): void {
    this.#screen?.draw({
      story: this.#story,
      outgoing: this.#outbox?.list ?? [],
      // A socket notices only after a while that the line is gone; the browser knows at once.
      is_away:
        this.#is_away ||
        !navigator.onLine ||
        (this.#outbox?.list.some((e) => e.status === "stuck") ?? false),
      heard_at: this.#heard_at,
    });
  }

  /** Everything up to here was seen, if the panel is open and in front. */
  #read(): void {
    const view = this.#story?.view;
    if (!view || view.version === 0) return;
    const key = `segue.read.${view.conversation}`;
    if (this.#is_open && !document.hidden) this.#session.shelf.set(key, `${view.version}`);
    const read = Number(this.#session.shelf.get(key) ?? 0);
    this.#outside.unread(unreadAfter(view, read));
  }

  #tick(): void {
    if (!this.#story) return;
    const { view } = this.#story;
    const next = expireTyping(view, Date.now());
    if (next !== view) this.#story = { ...this.#story, view: next };
    // "Back tomorrow" becomes "back today" by itself.
    if (next !== view || (view.state && isWaiting(view.state))) this.#draw();
  }
}

/** The language of the server's texts, with the visitor's region where both speak the same. */
function regional(texts: string, visitor: string): string {
  const of = (locale: string) => locale.toLowerCase().split("-")[0];
  return !texts || of(texts) === of(visitor) ? visitor : texts;
}

const topicOf = (id: string) => ({ topic: "conversation", id }) as const;
