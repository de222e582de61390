/**
 * The one live store: folds what the server pushes into a view of a conversation.
 * Pure functions; time is an argument. Starting again from a snapshot is always
 * correct, so every doubt ends in `gap` and the caller subscribes again.
 */
import type { DeltaFrame, PassingFrame, Positioned, StoryFrame } from "./frames";
import type { AuthorKind } from "./wire";

/** A typing sign is shown this long after the last frame that said so. */
export const TYPING_SHOWN_MS = 4000;

/** The part of a timeline item that the store itself looks at. */
export type FoldItem = {
  type: string;
  version: number;
  turn?: number;
  author?: { kind: AuthorKind };
};

/** An answer that is being said sentence by sentence and is not stored yet. */
export type Stream = {
  epoch: number;
  in_reply_to: number;
  /** Sentences by their number, ascending; a hole hides what comes after it. */
  parts: readonly { seq: number; text: string }[];
  text: string;
};

export type Typing = { who: "assistant" | "agent" | "customer"; name?: string; until: number };

export type View<I, S> = {
  conversation: string;
  /** The last version folded in; 0 before the first snapshot. */
  version: number;
  items: readonly I[];
  state: S | null;
  stream: Stream | null;
  typing: Typing | null;
};

/** Where a frame stands relative to what is already known. */
export type Position = "next" | "duplicate" | "gap";

export function emptyView<I, S>(conversation: string): View<I, S> {
  return { conversation, version: 0, items: [], state: null, stream: null, typing: null };
}

/**
 * The law of the cursor. A snapshot starts anew; `entries` continue from the version
 * that was asked for; an `entry` is one append and must begin right after the last
 * version. One append may hold several events, so it is also next when its first
 * item is the one that follows.
 */
export function positionOf<I extends FoldItem, S>(last: number, frame: StoryFrame<I, S>): Position {
  switch (frame.type) {
    case "snapshot":
      return "next";
    case "entries":
      if (frame.from > last) return "gap";
      return frame.version < last ? "duplicate" : "next";
    case "entry": {
      if (frame.version <= last) return "duplicate";
      if (last === 0) return "gap";
      if (frame.version === last + 1) return "next";
      const first = frame.items.reduce((low, item) => Math.min(low, item.version), Infinity);
      return first === last + 1 ? "next" : "gap";
    }
  }
}

/** Folds a frame that moves the version. A `gap` leaves the view as it was. */
export function foldStory<I extends FoldItem, S extends Positioned>(
  view: View<I, S>,
  frame: StoryFrame<I, S>,
): { view: View<I, S>; position: Position } {
  const position = positionOf(view.version, frame);
  if (position !== "next") return { view, position };
  const isFresh = frame.type === "snapshot";
  const added = isFresh ? frame.items : frame.items.filter((item) => item.version > view.version);
  const items = isFresh ? frame.items : [...view.items, ...added];
  const next: View<I, S> = {
    ...view,
    version: frame.version,
    items,
    state: frame.state,
    stream: keepStream(view.stream, added, frame.state.epoch),
    typing: keepTyping(view.typing, added),
  };
  return { view: next, position };
}

/** Folds a frame that is never stored: deltas, typing signs, wait estimates. */
export function foldPassing<I extends FoldItem, S extends Positioned>(
  view: View<I, S>,
  frame: PassingFrame,
  now: number,
): View<I, S> {
  switch (frame.type) {
    case "delta": {
      const stream = foldDelta(view, frame);
      return stream === view.stream ? view : { ...view, stream, typing: null };
    }
    case "typing":
      return {
        ...view,
        typing: { who: frame.who, name: frame.name, until: now + TYPING_SHOWN_MS },
      };
    case "wait":
      // An estimate says something only about a conversation that is still waiting.
      if (view.state === null || !("wait" in view.state) || view.state.wait === undefined) {
        return view;
      }
      return { ...view, state: { ...view.state, wait: frame.wait } };
  }
}

/** Takes away a typing sign whose time has passed. */
export function expireTyping<I, S>(view: View<I, S>, now: number): View<I, S> {
  return view.typing !== null && view.typing.until <= now ? { ...view, typing: null } : view;
}

function foldDelta<I extends FoldItem, S extends Positioned>(
  view: View<I, S>,
  frame: DeltaFrame,
): Stream | null {
  // Before the first snapshot nobody knows the epoch: what is missed here comes stored.
  if (view.state === null || frame.epoch < view.state.epoch) return view.stream;
  if (isAnswered(view.items, frame.in_reply_to)) return view.stream;
  const current = view.stream;
  const isSame =
    current !== null && current.epoch === frame.epoch && current.in_reply_to === frame.in_reply_to;
  if (current !== null && !isSame) {
    const isOlder =
      frame.epoch < current.epoch ||
      (frame.epoch === current.epoch && frame.in_reply_to < current.in_reply_to);
    if (isOlder) return current;
  }
  const known = isSame ? current.parts : [];
  if (known.some((part) => part.seq === frame.seq)) return current;
  const parts = [...known, { seq: frame.seq, text: frame.text }].sort((a, b) => a.seq - b.seq);
  return { epoch: frame.epoch, in_reply_to: frame.in_reply_to, parts, text: contiguous(parts) };
}

/** The sentences from the lowest number on, up to the first hole. */
function contiguous(parts: readonly { seq: number; text: string }[]): string {
  const said: string[] = [];
  let expected = parts[0]?.seq ?? 0;
  for (const part of parts) {
    if (part.seq !== expected) break;
    said.push(part.text.trim());
    expected += 1;
  }
  return said.join(" ");
}

function isAnswered(items: readonly FoldItem[], customerTurn: number): boolean {
  return items.some(
    (item) =>
      item.type === "turn" &&
      item.author?.kind === "assistant" &&
      item.turn !== undefined &&
      item.turn > customerTurn,
  );
}

/** The stored turn, or a change of floor, takes the place of the bubble. */
function keepStream(
  stream: Stream | null,
  added: readonly FoldItem[],
  epoch: number,
): Stream | null {
  if (stream === null || epoch > stream.epoch) return null;
  const isReplaced = added.some(
    (item) => item.type === "floor" || (item.type === "turn" && item.author?.kind === "assistant"),
  );
  return isReplaced ? null : stream;
}

function keepTyping(typing: Typing | null, added: readonly FoldItem[]): Typing | null {
  if (typing === null) return null;
  // Whoever lost the floor is not about to say anything any more.
  const isOver = added.some(
    (item) =>
      item.type === "floor" || (item.type === "turn" && sameSide(item.author?.kind, typing.who)),
  );
  return isOver ? null : typing;
}

function sameSide(kind: AuthorKind | undefined, who: Typing["who"]): boolean {
  return kind === who || (kind === "agent_draft" && who === "assistant");
}
