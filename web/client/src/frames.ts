/** Frames of the live connection, in both directions. */
import type { CustomerItem, CustomerState, Dashboard, Inbox, Item, StaffState, Wait } from "./wire";

/** What a conversation's state must carry for the store to fold it. */
export type Positioned = { version: number; epoch: number };

export type SnapshotFrame<I, S> = {
  type: "snapshot";
  conversation: string;
  version: number;
  items: I[];
  state: S;
};
export type EntriesFrame<I, S> = {
  type: "entries";
  conversation: string;
  from: number;
  version: number;
  items: I[];
  state: S;
};
export type EntryFrame<I, S> = {
  type: "entry";
  conversation: string;
  version: number;
  items: I[];
  state: S;
};
/** A frame that moves a conversation's version. */
export type StoryFrame<I, S> = SnapshotFrame<I, S> | EntriesFrame<I, S> | EntryFrame<I, S>;

export type DeltaFrame = {
  type: "delta";
  conversation: string;
  epoch: number;
  in_reply_to: number;
  seq: number;
  text: string;
};
export type TypingFrame = {
  type: "typing";
  conversation: string;
  who: "assistant" | "agent" | "customer";
  name?: string;
};
export type WaitFrame = { type: "wait"; conversation: string; wait: Wait };
/** A frame about a moment that is never stored. */
export type PassingFrame = DeltaFrame | TypingFrame | WaitFrame;

export type InboxFrame = { type: "inbox"; seq: number; inbox: Inbox };
export type DashboardFrame = { type: "dashboard"; seq: number; dashboard: Dashboard };
export type ErrorFrame = {
  type: "error";
  code: string;
  message: string;
  /** The conversation that is no longer followed, where it is about one. */
  conversation?: string;
};

export type ServerFrame<I, S> =
  | { type: "welcome"; ping_ms: number }
  | { type: "pong"; at: number }
  | StoryFrame<I, S>
  | PassingFrame
  | InboxFrame
  | DashboardFrame
  | ErrorFrame;

export type StaffFrame = ServerFrame<Item, StaffState>;
export type CustomerFrame = ServerFrame<CustomerItem, CustomerState>;

export type Topic =
  | { topic: "conversation"; id: string }
  | { topic: "inbox" }
  | { topic: "dashboard"; include_demo: boolean };

export type ClientFrame =
  | { type: "hello"; ticket: string }
  | { type: "ping"; at: number; active?: true }
  | { type: "subscribe"; topic: "conversation"; id: string; after: number }
  | { type: "subscribe"; topic: "inbox" }
  | { type: "subscribe"; topic: "dashboard"; include_demo: boolean }
  | { type: "unsubscribe"; topic: "conversation"; id: string }
  | { type: "unsubscribe"; topic: "inbox" }
  | { type: "unsubscribe"; topic: "dashboard" }
  | { type: "typing"; conversation: string };
