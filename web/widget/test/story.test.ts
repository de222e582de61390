import type { CustomerFrame, CustomerItem, CustomerState, Floor } from "@segue/client";
import { describe, expect, it } from "vitest";
import { emptyStory, receive, type Story, unreadAfter } from "../src/app/story";

const AT = "2026-11-22T10:00:00.000Z";
const ID = "conv_1";

const said = (
  version: number,
  turn: number,
  kind: "customer" | "assistant" | "agent" | "system",
  text: string,
  epoch = 1,
): CustomerItem => ({
  type: "turn",
  version,
  turn,
  text,
  epoch,
  at: AT,
  is_cut: false,
  author: { kind, name: kind },
});
const passed = (version: number, floor: Floor): CustomerItem => ({
  type: "floor",
  version,
  at: AT,
  floor,
  cause: "taken",
});
const state = (version: number, floor: Floor): CustomerState => ({
  version,
  epoch: floor.epoch,
  floor,
  speaker: { name: "Assistant", note: "AI" },
  can_write: true,
  rating: { assistant: "none", agent: "none" },
  is_closed: false,
});
const ASSISTANT: Floor = { holder: "assistant", epoch: 1 };
const AGENT: Floor = { holder: "agent", epoch: 2, agent: { id: "agt_1", name: "Sarah Lindqvist" } };

const snapshot = (version: number, items: CustomerItem[], floor = ASSISTANT): CustomerFrame => ({
  type: "snapshot",
  conversation: ID,
  version,
  items,
  state: state(version, floor),
});
const entry = (version: number, items: CustomerItem[], floor = ASSISTANT): CustomerFrame => ({
  type: "entry",
  conversation: ID,
  version,
  items,
  state: state(version, floor),
});
const delta = (seq: number, text: string, epoch = 1, in_reply_to = 1): CustomerFrame => ({
  type: "delta",
  conversation: ID,
  epoch,
  in_reply_to,
  seq,
  text,
});

const tell = (...frames: CustomerFrame[]): Story =>
  frames.reduce((story, frame) => receive(story, frame, 0), emptyStory(ID));
const ASKED = snapshot(2, [said(2, 1, "customer", "help")]);

describe("an answer that is being said", () => {
  it("grows sentence by sentence and gives way to the stored turn", () => {
    expect(tell(ASKED, delta(0, "One."), delta(1, "Two.")).view.stream?.text).toBe("One. Two.");
    const story = tell(ASKED, delta(0, "One."), entry(3, [said(3, 2, "assistant", "One. Two.")]));
    expect(story.view.stream).toBeNull();
    expect(story.stopped).toBeNull();
    expect(story.view.items).toHaveLength(2);
  });

  it("stays, marked as stopped, when a person takes over", () => {
    const story = tell(ASKED, delta(0, "One."), entry(3, [passed(3, AGENT)], AGENT));
    expect(story.view.stream).toBeNull();
    expect(story.stopped).toEqual({ text: "One.", epoch: 1, in_reply_to: 1, after: 2 });
  });

  it("drops sentences of an epoch that has passed", () => {
    const story = tell(
      ASKED,
      delta(0, "One."),
      entry(3, [passed(3, AGENT)], AGENT),
      delta(1, "Two."),
    );
    expect(story.view.stream).toBeNull();
    expect(story.stopped?.text).toBe("One.");
  });

  it("a stored cut turn takes the place of the stopped one", () => {
    const cut = said(4, 2, "assistant", "One.", 1);
    expect(
      tell(ASKED, delta(0, "One."), entry(3, [passed(3, AGENT)], AGENT), entry(4, [cut], AGENT))
        .stopped,
    ).toBeNull();
    expect(
      tell(ASKED, delta(0, "One."), entry(3, [{ ...cut, version: 3 }, passed(3, AGENT)], AGENT))
        .stopped,
    ).toBeNull();
  });

  it("the next answer of the assistant does not take its place", () => {
    const back: Floor = { holder: "assistant", epoch: 3 };
    const story = tell(
      ASKED,
      delta(0, "One."),
      entry(3, [passed(3, AGENT)], AGENT),
      entry(4, [passed(4, back)], back),
      entry(5, [said(5, 2, "assistant", "New.", 3)], back),
    );
    expect(story.stopped?.text).toBe("One.");
  });

  it("a snapshot starts anew", () => {
    const story = tell(
      ASKED,
      delta(0, "One."),
      entry(3, [passed(3, AGENT)], AGENT),
      snapshot(3, [passed(3, AGENT)], AGENT),
    );
    expect(story.stopped).toBeNull();
  });

  it("nothing was said: nothing stays", () => {
    expect(tell(ASKED, entry(3, [passed(3, AGENT)], AGENT)).stopped).toBeNull();
  });
});

describe("frames", () => {
  it("of another conversation change nothing", () => {
    const story = tell(ASKED);
    expect(
      receive(story, { ...delta(0, "One."), conversation: "conv_2" } as CustomerFrame, 0),
    ).toBe(story);
  });
  it("after a gap change nothing", () => {
    const story = tell(ASKED);
    expect(receive(story, entry(5, [said(5, 2, "agent", "late")]), 0)).toBe(story);
  });
  it("that come twice are folded once", () => {
    const again = entry(3, [said(3, 2, "assistant", "One.")]);
    expect(tell(ASKED, again, again).view.items).toHaveLength(2);
  });
  it("one's own typing in another tab is no news", () => {
    const story = tell(ASKED, { type: "typing", conversation: ID, who: "customer" });
    expect(story.view.typing).toBeNull();
  });
  it("typing of a person is shown until they have spoken", () => {
    const typing: CustomerFrame = { type: "typing", conversation: ID, who: "agent", name: "Sarah" };
    expect(tell(ASKED, typing).view.typing?.name).toBe("Sarah");
    expect(tell(ASKED, typing, entry(3, [said(3, 2, "agent", "Hi")])).view.typing).toBeNull();
  });
  it("unread counts what others said", () => {
    const story = tell(
      ASKED,
      entry(3, [said(3, 2, "assistant", "One."), said(3, 3, "system", "Two.")]),
    );
    expect(unreadAfter(story.view, 2)).toBe(2);
    expect(unreadAfter(story.view, 0)).toBe(2);
    expect(unreadAfter(story.view, 3)).toBe(0);
  });
});
