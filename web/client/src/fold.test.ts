import { describe, expect, it } from "vitest";
import {
  emptyView,
  expireTyping,
  foldPassing,
  foldStory,
  positionOf,
  TYPING_SHOWN_MS,
  type View,
} from "./fold";
import type { DeltaFrame, StoryFrame } from "./frames";
import type { AuthorKind } from "./wire";

type I = { type: string; version: number; turn?: number; author?: { kind: AuthorKind } };
type S = { version: number; epoch: number; wait?: { position: number } };
type F = StoryFrame<I, S>;

const ID = "conv_1";
const turn = (version: number, kind: AuthorKind, number = version): I => ({
  type: "turn",
  version,
  turn: number,
  author: { kind },
});
const floor = (version: number): I => ({ type: "floor", version });
const state = (version: number, epoch = 1): S => ({ version, epoch });
const snapshot = (version: number, items: I[], epoch = 1): F => ({
  type: "snapshot",
  conversation: ID,
  version,
  items,
  state: state(version, epoch),
});
const entry = (version: number, items: I[], epoch = 1): F => ({
  type: "entry",
  conversation: ID,
  version,
  items,
  state: state(version, epoch),
});
const entries = (from: number, version: number, items: I[]): F => ({
  type: "entries",
  conversation: ID,
  from,
  version,
  items,
  state: state(version),
});
const delta = (seq: number, text: string, epoch = 1, in_reply_to = 1): DeltaFrame => ({
  type: "delta",
  conversation: ID,
  epoch,
  in_reply_to,
  seq,
  text,
});

function fold(frames: F[], start: View<I, S> = emptyView<I, S>(ID)): View<I, S> {
  return frames.reduce((view, frame) => foldStory(view, frame).view, start);
}

describe("the law of the cursor", () => {
  const cases: [string, number, F, string][] = [
    ["a snapshot always starts anew", 9, snapshot(3, []), "next"],
    ["the following version is next", 3, entry(4, [floor(4)]), "next"],
    ["one append of several events is next", 3, entry(6, [floor(4), floor(6)]), "next"],
    ["a known version is a duplicate", 3, entry(3, [floor(3)]), "duplicate"],
    ["an older version is a duplicate", 3, entry(2, [floor(2)]), "duplicate"],
    ["a hole is a gap", 3, entry(5, [floor(5)]), "gap"],
    ["a hole without items is a gap", 3, entry(5, []), "gap"],
    ["an entry before any snapshot is a gap", 0, entry(1, [floor(1)]), "gap"],
    ["entries from the cursor are next", 3, entries(3, 5, [floor(5)]), "next"],
    ["entries from earlier are next", 4, entries(3, 5, [floor(4), floor(5)]), "next"],
    ["entries from later are a gap", 3, entries(4, 6, [floor(6)]), "gap"],
    ["entries of the past are a duplicate", 7, entries(3, 5, [floor(5)]), "duplicate"],
  ];
  it.each(cases)("%s", (_, last, frame, expected) => {
    expect(positionOf(last, frame)).toBe(expected);
  });
});

describe("folding", () => {
  it("appends each version once, whatever arrives twice", () => {
    const view = fold([
      snapshot(1, [turn(1, "customer")]),
      entry(2, [turn(2, "assistant")]),
      entry(2, [turn(2, "assistant")]),
      entries(1, 3, [turn(2, "assistant"), turn(3, "customer")]),
    ]);
    expect(view.items.map((item) => item.version)).toEqual([1, 2, 3]);
    expect(view.version).toBe(3);
  });

  it("leaves the view as it was on a gap", () => {
    const before = fold([snapshot(1, [turn(1, "customer")])]);
    const after = foldStory(before, entry(4, [turn(4, "agent")]));
    expect(after.position).toBe("gap");
    expect(after.view).toBe(before);
  });

  it("out of order: the later one is a gap, the resend heals it", () => {
    const view = fold([
      snapshot(1, []),
      entry(3, [floor(3)]),
      entry(2, [floor(2)]),
      entries(2, 3, [floor(3)]),
    ]);
    expect(view.items.map((item) => item.version)).toEqual([2, 3]);
  });

  it("snapshot plus entries equals a fresh snapshot", () => {
    const all = [turn(1, "customer"), turn(2, "assistant"), floor(3)];
    const grown = fold([
      snapshot(1, all.slice(0, 1)),
      entry(2, all.slice(1, 2)),
      entry(3, all.slice(2)),
    ]);
    expect(grown).toEqual(fold([snapshot(3, all)]));
  });
});

describe("an answer that is being said", () => {
  const started = fold([snapshot(1, [turn(1, "customer", 1)])]);
  const say = (view: View<I, S>, ...deltas: DeltaFrame[]) =>
    deltas.reduce((v, d) => foldPassing(v, d, 0), view);

  it("grows sentence by sentence, each once", () => {
    const view = say(started, delta(0, "One."), delta(1, "Two."), delta(1, "Two."));
    expect(view.stream?.text).toBe("One. Two.");
  });

  it("waits at a hole", () => {
    expect(say(started, delta(0, "One."), delta(2, "Three.")).stream?.text).toBe("One.");
  });

  it("puts late sentences where they belong", () => {
    const view = say(started, delta(0, "One."), delta(2, "Three."), delta(1, "Two."));
    expect(view.stream?.text).toBe("One. Two. Three.");
  });

  it("drops sentences of an old epoch", () => {
    const taken = fold([entry(2, [floor(2)], 2)], started);
    expect(say(taken, delta(0, "Late.", 1)).stream).toBeNull();
  });

  it("is replaced by the stored turn and does not come back", () => {
    const said = fold([entry(2, [turn(2, "assistant")])], say(started, delta(0, "One.")));
    expect(said.stream).toBeNull();
    expect(say(said, delta(1, "Two.")).stream).toBeNull();
  });

  it("is taken away when the floor changes", () => {
    expect(fold([entry(2, [floor(2)], 2)], say(started, delta(0, "One."))).stream).toBeNull();
  });

  it("stays while the customer writes", () => {
    const view = fold([entry(2, [turn(2, "customer")])], say(started, delta(0, "One.")));
    expect(view.stream?.text).toBe("One.");
  });

  it("starts again for a later question", () => {
    const view = say(started, delta(0, "One."), delta(0, "Other.", 1, 3));
    expect(view.stream?.text).toBe("Other.");
  });

  it("is ignored before the first snapshot", () => {
    expect(say(emptyView<I, S>(ID), delta(0, "One.")).stream).toBeNull();
  });
});

describe("passing signs", () => {
  const started = fold([snapshot(1, [turn(1, "customer")])]);
  const typing = { type: "typing", conversation: ID, who: "agent", name: "Sarah" } as const;

  it("shows typing for a while", () => {
    const view = foldPassing(started, typing, 1000);
    expect(expireTyping(view, 1000 + TYPING_SHOWN_MS - 1).typing?.name).toBe("Sarah");
    expect(expireTyping(view, 1000 + TYPING_SHOWN_MS).typing).toBeNull();
  });

  it("ends typing when that side has spoken, not when another has", () => {
    const view = foldPassing(started, typing, 0);
    expect(fold([entry(2, [turn(2, "customer")])], view).typing).not.toBeNull();
    expect(fold([entry(2, [turn(2, "agent")])], view).typing).toBeNull();
  });

  it("ends typing when the floor went elsewhere", () => {
    const view = foldPassing(started, typing, 0);
    expect(fold([entry(2, [floor(2)], 2)], view).typing).toBeNull();
  });

  it("updates an estimate only where one is shown", () => {
    const wait = { type: "wait", conversation: ID, wait: { position: 1 } } as never;
    expect(foldPassing(started, wait, 0)).toBe(started);
    const waiting = { ...started, state: { ...state(1), wait: { position: 3 } } };
    expect(foldPassing(waiting, wait, 0).state?.wait?.position).toBe(1);
  });
});
