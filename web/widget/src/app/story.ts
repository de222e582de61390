// The conversation as this tab knows it: the shared fold, and the answer that was cut off. What
// the customer has already read does not vanish when a person takes over: it stays, marked as
// stopped, until the stored (cut) turn takes its place.

import {
  type CustomerFrame,
  type CustomerItem,
  type CustomerState,
  emptyView,
  foldPassing,
  foldStory,
  type StoryFrame,
  type Stream,
  type View,
} from "@segue/client";

export type CustomerView = View<CustomerItem, CustomerState>;

/** An answer that ended before its stored turn was seen. */
export interface Stopped {
  text: string;
  epoch: number;
  in_reply_to: number;
  /** It stands behind everything up to this version. */
  after: number;
}

export interface Story {
  view: CustomerView;
  stopped: Stopped | null;
}

export const emptyStory = (conversation: string): Story => ({
  view: emptyView<CustomerItem, CustomerState>(conversation),
  stopped: null,
});

/** Folds a frame of this conversation; frames of others and about nothing leave it as it is. */
export function receive(story: Story, frame: CustomerFrame, now: number): Story {
  switch (frame.type) {
    case "snapshot":
    case "entries":
    case "entry":
      return frame.conversation === story.view.conversation ? tell(story, frame) : story;
    case "delta":
    case "typing":
    case "wait":
      if (frame.conversation !== story.view.conversation) return story;
      // One's own typing in another tab is no news.
      if (frame.type === "typing" && frame.who === "customer") return story;
      return { ...story, view: foldPassing(story.view, frame, now) };
    default:
      return story;
  }
}

function tell(story: Story, frame: StoryFrame<CustomerItem, CustomerState>): Story {
  const before = story.view;
  const { view, position } = foldStory(before, frame);
  if (position !== "next") return story;
  const added = view.items.filter((item) => item.version > before.version);
  if (frame.type === "snapshot") return { view, stopped: null };
  const stored = (stream: { epoch: number; in_reply_to: number }) =>
    added.some(
      (item) =>
        item.type === "turn" &&
        item.author.kind === "assistant" &&
        item.turn > stream.in_reply_to &&
        item.epoch <= stream.epoch,
    );
  const cut = before.stream && !view.stream && !stored(before.stream) ? before.stream : null;
  if (cut?.text) return { view, stopped: stop(cut, before.version) };
  return { view, stopped: story.stopped && stored(story.stopped) ? null : story.stopped };
}

const stop = (stream: Stream, after: number): Stopped => ({
  text: stream.text,
  epoch: stream.epoch,
  in_reply_to: stream.in_reply_to,
  after,
});

/** How many turns of others came after a version. */
export function unreadAfter(view: CustomerView, version: number): number {
  return view.items.filter(
    (item) => item.type === "turn" && item.author.kind !== "customer" && item.version > version,
  ).length;
}
