/** The live store of the console: one connection, the views folded from it, and who listens. */
import {
  type Dashboard,
  emptyView,
  expireTyping,
  foldPassing,
  foldStory,
  type Inbox,
  type Item,
  Live,
  type LiveStatus,
  type StaffFrame,
  type StaffState,
  TYPING_SHOWN_MS,
  type View,
} from "@segue/client";
import { api } from "../api";
import { watchActivity } from "./activity";

export type StaffView = View<Item, StaffState>;

export type LiveState = {
  status: LiveStatus;
  /** When the connection was lost; null while it stands. */
  lost_at: number | null;
  inbox: Inbox | null;
  dashboard: Dashboard | null;
  views: ReadonlyMap<string, StaffView>;
  /** What was on the screen and went to people whose conversations are not shown here. */
  gone: ReadonlySet<string>;
};

export class LiveStore {
  #state: LiveState = {
    status: "idle",
    lost_at: null,
    inbox: null,
    dashboard: null,
    views: new Map(),
    gone: new Set(),
  };
  readonly #listeners = new Set<() => void>();
  readonly #open = new Map<string, number>();
  readonly #live: Live<Item, StaffState>;

  constructor(live?: (handlers: LiveHandlers) => Live<Item, StaffState>) {
    const make = live ?? connect;
    this.#live = make({
      onFrame: (frame) => this.receive(frame),
      onStatus: (status) => {
        const isUp = status === "open" || status === "idle";
        this.#set({ status, lost_at: isUp ? null : (this.#state.lost_at ?? Date.now()) });
      },
    });
  }

  readonly read = (): LiveState => this.#state;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    this.#live.subscribe({ topic: "inbox" });
    this.#live.start();
    window.addEventListener("online", this.#online);
    window.addEventListener("offline", this.#offline);
    document.addEventListener("visibilitychange", this.#nudge);
  }

  stop(): void {
    window.removeEventListener("online", this.#online);
    window.removeEventListener("offline", this.#offline);
    document.removeEventListener("visibilitychange", this.#nudge);
    this.#live.stop();
    this.#set({ inbox: null, dashboard: null, views: new Map(), gone: new Set() });
  }

  /** Loads a conversation and follows it until the returned function is called. */
  follow(id: string, onError: (error: unknown) => void): () => void {
    const users = this.#open.get(id) ?? 0;
    if (users === 0) this.#setGone(id, false);
    this.#open.set(id, users + 1);
    if (users === 0) void this.#load(id).catch(onError);
    return () => {
      const left = (this.#open.get(id) ?? 1) - 1;
      if (left > 0) {
        this.#open.set(id, left);
        return;
      }
      this.#open.delete(id);
      this.#live.unsubscribe({ topic: "conversation", id });
    };
  }

  /** After an action, when the connection is away: what happened is fetched instead. */
  async refresh(id: string): Promise<void> {
    if (this.#state.status !== "open" && this.#open.has(id)) await this.#load(id);
  }

  followDashboard(include_demo: boolean): () => void {
    this.#set({ dashboard: null });
    this.#live.subscribe({ topic: "dashboard", include_demo });
    return () => this.#live.unsubscribe({ topic: "dashboard", include_demo });
  }

  typing(id: string): void {
    this.#live.typing(id);
  }

  receive(frame: StaffFrame): void {
    switch (frame.type) {
      case "snapshot":
      case "entries":
      case "entry":
        this.#setView(foldStory(this.#view(frame.conversation), frame).view);
        return;
      case "delta":
      case "wait":
        this.#setView(foldPassing(this.#view(frame.conversation), frame, Date.now()));
        return;
      case "typing":
        this.#setView(foldPassing(this.#view(frame.conversation), frame, Date.now()));
        setTimeout(
          () => this.#setView(expireTyping(this.#view(frame.conversation), Date.now())),
          TYPING_SHOWN_MS + 50,
        );
        return;
      case "inbox":
        this.#set({ inbox: frame.inbox });
        return;
      case "dashboard":
        this.#set({ dashboard: frame.dashboard });
        return;
      case "error":
        if (frame.conversation !== undefined) this.#lose(frame.conversation);
        return;
      case "welcome":
      case "pong":
        return;
    }
  }

  /** What is no longer told must not stand there as if it were still so. */
  #lose(id: string): void {
    if (!this.#open.has(id)) return;
    this.#live.unsubscribe({ topic: "conversation", id });
    const views = new Map(this.#state.views);
    views.delete(id);
    this.#set({ views });
    this.#setGone(id, true);
  }

  #setGone(id: string, isGone: boolean): void {
    if (this.#state.gone.has(id) === isGone) return;
    const gone = new Set(this.#state.gone);
    if (isGone) gone.add(id);
    else gone.delete(id);
    this.#set({ gone });
  }

  async #load(id: string): Promise<void> {
    const known = this.#view(id);
    if (known.version === 0) {
      const snapshot = await api.conversation(id);
      if (!this.#open.has(id)) return;
      this.receive({ type: "snapshot", ...snapshot });
    }
    this.#live.subscribe({ topic: "conversation", id }, this.#view(id).version);
    if (known.version !== 0 && this.#state.status !== "open") {
      const snapshot = await api.conversation(id);
      if (snapshot.version > this.#view(id).version)
        this.receive({ type: "snapshot", ...snapshot });
    }
  }

  #view(id: string): StaffView {
    return this.#state.views.get(id) ?? emptyView<Item, StaffState>(id);
  }

  #setView(view: StaffView): void {
    if (this.#state.views.get(view.conversation) === view) return;
    this.#set({ views: new Map(this.#state.views).set(view.conversation, view) });
  }

  #set(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  // A socket notices only after a while that the line is gone; the browser knows at once.
  readonly #offline = (): void => this.#set({ lost_at: this.#state.lost_at ?? Date.now() });

  readonly #online = (): void => {
    if (this.#state.status === "open") this.#set({ lost_at: null });
    this.#nudge();
  };

  readonly #nudge = (): void => {
    if (document.visibilityState === "visible") this.#live.nudge();
  };
}

type LiveHandlers = {
  onFrame: (frame: StaffFrame) => void;
  onStatus: (status: LiveStatus) => void;
};

function connect(handlers: LiveHandlers): Live<Item, StaffState> {
  const scheme = window.location.protocol === "https:" ? "wss:" : "ws:";
  return new Live<Item, StaffState>({
    url: `${scheme}//${window.location.host}/v1/live`,
    ticket: async () => (await api.liveTicket()).ticket,
    wasActive: watchActivity(window),
    ...handlers,
  });
}
