// Who writes. An anonymous visitor is a random token of the server, kept in the widget's own
// storage. Somebody signed in is proved by the host page's signed identity; that token is kept in
// memory only, so a shared computer does not remember anybody (S-11).

import {
  ApiError,
  type Call,
  type CustomerSnapshot,
  createCall,
  freshKey,
  type WidgetSession,
} from "@segue/client";
import { lasting, passing, readJson, type Shelf } from "./storage";

const REQUEST_MS_MAX = 15_000;
const VISITOR_KEY = "segue.visitor";

interface Visitor {
  token: string;
  /** Names this visitor's drafts and unsent texts. */
  scope: string;
}

const isVisitor = (value: unknown): value is Visitor =>
  typeof value === "object" &&
  value !== null &&
  "token" in value &&
  "scope" in value &&
  typeof value.token === "string" &&
  typeof value.scope === "string";

export interface Host {
  page: string;
  locale: string;
  identity?: string;
}

export class Session {
  /** Whether the identity was refused, so that one writes as a guest. */
  is_guest = false;
  scope = "";
  info: WidgetSession | null = null;
  readonly #host: Host;
  readonly #onIdentityNeeded: () => void;
  readonly #call: Call;
  #renewing: Promise<WidgetSession> | null = null;
  /** The token before a renewal that has not succeeded yet. */
  #former: string | null = null;

  constructor(host: Host, onIdentityNeeded: () => void) {
    this.#host = host;
    this.#onIdentityNeeded = onIdentityNeeded;
    this.#call = createCall({
      headers: (): Record<string, string> =>
        this.info ? { authorization: `Bearer ${this.info.token}` } : {},
      // What was tapped just before the page goes away still arrives.
      fetch: (input, init) =>
        fetch(input, { ...init, keepalive: true, signal: AbortSignal.timeout(REQUEST_MS_MAX) }),
    });
  }

  get is_identified(): boolean {
    return this.#host.identity !== undefined && !this.is_guest;
  }

  /** Where this visitor's drafts and unsent texts lie. */
  get shelf(): Shelf {
    return this.is_identified ? passing : lasting;
  }

  /** Whether an anonymous visitor has been here before. */
  static isKnown(): boolean {
    return readJson(lasting, VISITOR_KEY, isVisitor) !== null;
  }

  start(): Promise<WidgetSession> {
    this.#renewing ??= this.#open().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  /** Calls the API; a token that has run out is renewed once. */
  async post<T>(path: string, body: unknown = {}, idempotencyKey = freshKey()): Promise<T> {
    if (!this.info) await this.start();
    const go = () => this.#call<T>("POST", `/v1/widget${path}`, { body, idempotencyKey });
    try {
      return await go();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      await this.start();
      return go();
    }
  }

  /** Begins a conversation from the page that the visitor is on now. */
  begin(): Promise<CustomerSnapshot> {
    const { page, locale } = this.#host;
    return this.post<CustomerSnapshot>("/conversations", { page, locale });
  }

  async #open(): Promise<WidgetSession> {
    const { locale, identity } = this.#host;
    const former = this.info?.token ?? this.#former;
    if (identity !== undefined && !this.is_guest) {
      try {
        // A token alone is a guest's; with the identity it is the same visitor again.
        const info = await this.#ask({ identity, locale, ...(former && { visitor: former }) });
        this.scope ||= `known.${freshKey()}`;
        return info;
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 401) throw error;
        this.#onIdentityNeeded();
        // What was said signed in is not for a guest's eyes: wait for a fresh identity.
        if (former !== null) throw error;
        // The host page may hand over a fresh one; until then nobody is locked out.
        this.is_guest = true;
        this.scope = "";
      }
    }
    return this.#openAnonymous(locale);
  }

  async #openAnonymous(locale: string): Promise<WidgetSession> {
    const known = readJson(lasting, VISITOR_KEY, isVisitor);
    let info: WidgetSession;
    let scope = known?.scope ?? freshKey();
    try {
      info = await this.#ask({ locale, ...(known && { visitor: known.token }) });
    } catch (error) {
      const is_unknown =
        error instanceof ApiError && error.status >= 400 && error.status < 500 && known;
      if (!is_unknown || (error instanceof ApiError && error.status === 429)) throw error;
      scope = freshKey();
      info = await this.#ask({ locale });
    }
    this.scope = scope;
    lasting.set(VISITOR_KEY, JSON.stringify({ token: info.token, scope }));
    return info;
  }

  async #ask(body: Record<string, string>): Promise<WidgetSession> {
    this.#former = this.info?.token ?? this.#former;
    this.info = null;
    this.info = await this.#call<WidgetSession>("POST", "/v1/widget/session", { body });
    return this.info;
  }
}
