/**
 * The live connection: one socket, resumable by version cursors.
 *
 * It fetches a single-use ticket, says hello, keeps subscriptions over reconnects,
 * notices gaps and subscribes again from the last good version, and notices a
 * computer that slept (timers stand still, the clock does not). It stores nothing
 * but cursors; folding is `fold.ts`.
 */
import { type FoldItem, positionOf } from "./fold";
import type { ClientFrame, ServerFrame, StoryFrame, Topic } from "./frames";

/** The part of `WebSocket` that is used; tests hand in a fake one. */
export type LiveSocket = {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number): void;
};

export type LiveStatus = "idle" | "connecting" | "open" | "waiting" | "signed_out";

export type LiveOptions<I, S> = {
  /** Address of `/v1/live`, `ws:` or `wss:`. */
  url: string;
  /** Fetches a fresh single-use ticket; a rejection with `status` 401 means: sign in again. */
  ticket: () => Promise<string>;
  onFrame: (frame: ServerFrame<I, S>) => void;
  onStatus?: (status: LiveStatus) => void;
  /** Whether the person did something since it was asked last; only that keeps a session alive. */
  wasActive?: () => boolean;
  openSocket?: (url: string) => LiveSocket;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** Uniform in [0, 1). */
  random?: () => number;
};

/** The server answers hello within this, or the socket is given up. */
export const WELCOME_WITHIN_MS = 5000;
/** First and greatest bound of the reconnect delay; the delay is uniform below it. */
export const RECONNECT_BASE_MS = 500;
export const RECONNECT_MAX_MS = 15_000;
/** How often the clock is looked at, and by how much it must have jumped to mean sleep. */
export const WATCH_EVERY_MS = 2000;
export const SLEPT_MS = 10_000;
/** Silence of more than this many ping intervals means a dead connection. */
export const SILENT_PINGS_MAX = 2.5;
/** A typing sign is sent at most this often per conversation. */
export const TYPING_EVERY_MS = 2000;

/** Close codes of the contract. */
export const CLOSE_SIGN_IN = 4401;
const CLOSE_GOING_AWAY = 1000;

export class Live<I extends FoldItem, S> {
  readonly #options: LiveOptions<I, S>;
  readonly #topics = new Map<string, Topic>();
  readonly #cursors = new Map<string, number>();
  readonly #typed = new Map<string, number>();
  #status: LiveStatus = "idle";
  #socket: LiveSocket | null = null;
  /** Grows with every attempt, so that a late answer of an older one is ignored. */
  #attempt = 0;
  #failures = 0;
  #heardAt = 0;
  #watchedAt = 0;
  #pingMs = 10_000;
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #watchTimer: ReturnType<typeof setInterval> | undefined;
  #delayTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LiveOptions<I, S>) {
    this.#options = options;
  }

  get status(): LiveStatus {
    return this.#status;
  }

  /** Connects; does nothing when it is already on its way. */
  start(): void {
    if (this.#status !== "idle" && this.#status !== "signed_out") return;
    this.#failures = 0;
    this.#watchedAt = this.#now();
    this.#watchTimer ??= setInterval(() => this.#watch(), WATCH_EVERY_MS);
    void this.#connect();
  }

  /** Closes and forgets the connection; subscriptions and cursors stay for a later start. */
  stop(): void {
    clearInterval(this.#watchTimer);
    this.#watchTimer = undefined;
    this.#drop();
    this.#setStatus("idle");
  }

  /** Tries again at once, e.g. when the browser says that it is online again. */
  nudge(): void {
    if (this.#status === "waiting") void this.#connect();
  }

  /**
   * Subscribes; `after` is the version already known (0 asks for a snapshot).
   * Subscribing to the same topic again moves its cursor and asks again.
   */
  subscribe(topic: Topic, after = 0): void {
    this.#topics.set(keyOf(topic), topic);
    if (topic.topic === "conversation") this.#cursors.set(topic.id, after);
    if (this.#status === "open") this.#ask(topic);
  }

  unsubscribe(topic: Topic): void {
    this.#topics.delete(keyOf(topic));
    if (topic.topic === "conversation") {
      this.#cursors.delete(topic.id);
      this.#send({ type: "unsubscribe", topic: "conversation", id: topic.id });
    } else {
      this.#send({ type: "unsubscribe", topic: topic.topic });
    }
  }

  /** Says that this person is typing; thinned out to the agreed rate. */
  typing(conversation: string): void {
    const last = this.#typed.get(conversation) ?? Number.NEGATIVE_INFINITY;
    if (this.#now() - last < TYPING_EVERY_MS) return;
    this.#typed.set(conversation, this.#now());
    this.#send({ type: "typing", conversation });
  }

  async #connect(): Promise<void> {
    this.#drop();
    const attempt = this.#attempt;
    this.#setStatus("connecting");
    let ticket: string;
    try {
      ticket = await this.#options.ticket();
    } catch (error) {
      if (attempt !== this.#attempt) return;
      if (isSignedOut(error)) this.#setStatus("signed_out");
      else this.#retry();
      return;
    }
    if (attempt !== this.#attempt) return;
    this.#open(ticket, attempt);
  }

  #open(ticket: string, attempt: number): void {
    const open = this.#options.openSocket ?? ((url: string) => new WebSocket(url) as LiveSocket);
    const socket = open(this.#options.url);
    this.#socket = socket;
    const isCurrent = () => attempt === this.#attempt;
    this.#delayTimer = setTimeout(() => {
      if (isCurrent()) this.#retry();
    }, WELCOME_WITHIN_MS);
    socket.onopen = () => {
      if (isCurrent()) this.#send({ type: "hello", ticket });
    };
    socket.onmessage = (event) => {
      if (isCurrent() && typeof event.data === "string") this.#receive(event.data);
    };
    socket.onerror = () => undefined; // a close always follows
    socket.onclose = (event) => {
      if (!isCurrent()) return;
      if (event.code === CLOSE_SIGN_IN) {
        this.#drop();
        this.#setStatus("signed_out");
      } else {
        this.#retry();
      }
    };
  }

  #receive(data: string): void {
    const frame = parse<I, S>(data);
    if (frame === null) return;
    this.#heardAt = this.#now();
    switch (frame.type) {
      case "welcome":
        this.#welcome(frame.ping_ms);
        return;
      case "pong":
        return;
      case "snapshot":
      case "entries":
      case "entry":
        this.#advance(frame);
        return;
      default:
        this.#options.onFrame(frame);
    }
  }

  #welcome(pingMs: number): void {
    clearTimeout(this.#delayTimer);
    this.#failures = 0;
    this.#pingMs = pingMs;
    this.#pingTimer = setInterval(() => this.#ping(), pingMs);
    this.#setStatus("open");
    // The first ping at once: it renews the presence lease without waiting an interval.
    this.#ping();
    for (const topic of this.#topics.values()) this.#ask(topic);
  }

  #ping(): void {
    const is_active = this.#options.wasActive?.() === true;
    this.#send({ type: "ping", at: this.#now(), ...(is_active && { active: true }) });
  }

  #advance(frame: StoryFrame<I, S>): void {
    const last = this.#cursors.get(frame.conversation);
    if (last === undefined) return; // unsubscribed in the meantime
    switch (positionOf(last, frame)) {
      case "duplicate":
        return;
      case "gap":
        this.#ask({ topic: "conversation", id: frame.conversation });
        return;
      case "next":
        this.#cursors.set(frame.conversation, frame.version);
        this.#options.onFrame(frame);
    }
  }

  #ask(topic: Topic): void {
    switch (topic.topic) {
      case "conversation":
        this.#send({
          type: "subscribe",
          topic: "conversation",
          id: topic.id,
          after: this.#cursors.get(topic.id) ?? 0,
        });
        return;
      case "inbox":
        this.#send({ type: "subscribe", topic: "inbox" });
        return;
      case "dashboard":
        this.#send({ type: "subscribe", topic: "dashboard", include_demo: topic.include_demo });
    }
  }

  #send(frame: ClientFrame): void {
    if (this.#socket === null) return;
    if (frame.type !== "hello" && this.#status !== "open") return;
    try {
      this.#socket.send(JSON.stringify(frame));
    } catch {
      this.#retry();
    }
  }

  #watch(): void {
    const now = this.#now();
    const hasSlept = now - this.#watchedAt > WATCH_EVERY_MS + SLEPT_MS;
    this.#watchedAt = now;
    const isSilent =
      this.#status === "open" && now - this.#heardAt > this.#pingMs * SILENT_PINGS_MAX;
    if (this.#status === "signed_out" || this.#status === "idle") return;
    if (hasSlept || isSilent) void this.#connect();
  }

  /** Full jitter: uniform below a bound that doubles with every failure. */
  #retry(): void {
    this.#drop();
    const bound = Math.min(RECONNECT_MAX_MS, RECONNECT_BASE_MS * 2 ** this.#failures);
    this.#failures += 1;
    this.#setStatus("waiting");
    const random = this.#options.random ?? Math.random;
    this.#delayTimer = setTimeout(() => void this.#connect(), random() * bound);
  }

  #drop(): void {
    this.#attempt += 1;
    clearTimeout(this.#delayTimer);
    clearInterval(this.#pingTimer);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.onerror = null;
    socket.close(CLOSE_GOING_AWAY);
  }

  #setStatus(status: LiveStatus): void {
    if (status === this.#status) return;
    this.#status = status;
    this.#options.onStatus?.(status);
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

function keyOf(topic: Topic): string {
  return topic.topic === "conversation" ? `conversation:${topic.id}` : topic.topic;
}

function isSignedOut(error: unknown): boolean {
  return typeof error === "object" && error !== null && "status" in error && error.status === 401;
}

function parse<I, S>(data: string): ServerFrame<I, S> | null {
  try {
    const value: unknown = JSON.parse(data);
    const isFrame = typeof value === "object" && value !== null && "type" in value;
    // The server is our own and its frames are tested against these types there.
    return isFrame ? (value as ServerFrame<I, S>) : null;
  } catch {
    return null;
  }
}
