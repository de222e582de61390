import { ApiError } from "@segue/client";
import { describe, expect, it } from "vitest";
import { ATTEMPTS_MAX, Outbox } from "../src/app/outbox";

const offline = () => new ApiError(0, "offline", "no answer");

/** A server that can lose requests or answers, and an outbox that talks to it. */
function setUp(unsent: { client_id: string; text: string }[] = []) {
  const stored: { client_id: string; text: string }[] = [];
  const calls: string[] = [];
  const world = {
    stored,
    calls,
    saved: [] as { client_id: string; text: string }[],
    fail: [] as (unknown | "lost_answer" | undefined)[],
    timers: [] as (() => void)[],
    keys: 0,
    outbox: null as unknown as Outbox,
    /** Runs what waits, until nothing is left to do. */
    async settle() {
      for (let i = 0; i < 30; i += 1) await Promise.resolve();
    },
    async elapse() {
      const due = world.timers.splice(0);
      for (const timer of due) timer();
      await world.settle();
    },
    statuses: () => world.outbox.list.map((entry) => entry.status),
  };
  world.outbox = new Outbox(
    {
      send: async (text, client_id) => {
        calls.push(client_id);
        const failure = world.fail.shift();
        if (failure !== undefined && failure !== "lost_answer") throw failure;
        const known = stored.findIndex((entry) => entry.client_id === client_id);
        const at = known >= 0 ? known : stored.push({ client_id, text }) - 1;
        if (failure === "lost_answer") throw offline();
        return { turn: at + 1 };
      },
      save: (texts) => {
        world.saved = texts;
      },
      onChange: () => {},
      key: () => `fresh-${++world.keys}`,
      after: (_, action) => void world.timers.push(action),
      random: () => 0.5,
    },
    unsent,
  );
  return world;
}

describe("unsent texts", () => {
  it("go out once and are known by their turn", async () => {
    const world = setUp();
    world.outbox.add("hello", "k1");
    expect(world.statuses()).toEqual(["sending"]);
    await world.settle();
    expect(world.statuses()).toEqual(["sent"]);
    expect(world.saved).toEqual([]);
    world.outbox.seen([{ turn: 1, text: "hello", is_new: true }]);
    expect(world.outbox.list).toEqual([]);
  });

  it("are sent again with the same key when the answer was lost, and stored once", async () => {
    const world = setUp();
    world.fail = ["lost_answer"];
    world.outbox.add("hello", "k1");
    await world.settle();
    expect(world.statuses()).toEqual(["waiting"]);
    expect(world.saved).toEqual([{ client_id: "k1", text: "hello" }]);
    await world.elapse();
    expect(world.calls).toEqual(["k1", "k1"]);
    expect(world.stored).toHaveLength(1);
    expect(world.statuses()).toEqual(["sent"]);
  });

  it("wait for patience as long as the server asks for it, and say so", async () => {
    const world = setUp();
    const flood = () => new ApiError(429, "too_many_requests", "slower");
    world.fail = Array.from({ length: ATTEMPTS_MAX + 2 }, flood);
    world.outbox.add("hello", "k1");
    await world.settle();
    for (let i = 0; i <= ATTEMPTS_MAX; i += 1) {
      expect(world.outbox.list[0]).toMatchObject({ status: "waiting", code: "too_many_requests" });
      await world.elapse();
    }
    await world.elapse();
    expect(world.outbox.list[0]).toMatchObject({ status: "sent", code: undefined });
  });

  it("are not sent again when the turn itself shows that they arrived", async () => {
    const world = setUp();
    world.fail = ["lost_answer"];
    world.outbox.add("hello", "k1");
    await world.settle();
    world.outbox.seen([{ turn: 1, text: "hello", is_new: true }]);
    expect(world.outbox.list).toEqual([]);
    await world.elapse();
    expect(world.calls).toEqual(["k1"]);
  });

  it("are not taken for an older turn with the same words", async () => {
    const world = setUp();
    world.fail = [offline()];
    world.outbox.add("no", "k1");
    await world.settle();
    world.outbox.seen([{ turn: 1, text: "no", is_new: false }]);
    expect(world.statuses()).toEqual(["waiting"]);
  });

  it("keep their order: a later one does not overtake one that waits", async () => {
    const world = setUp();
    world.fail = [offline()];
    world.outbox.add("one", "k1");
    world.outbox.add("two", "k2");
    await world.settle();
    await world.elapse();
    expect(world.stored.map((entry) => entry.text)).toEqual(["one", "two"]);
  });

  it("wait for the connection after a bounded number of attempts, then go out in order", async () => {
    const world = setUp();
    world.fail = Array.from({ length: ATTEMPTS_MAX }, offline);
    world.outbox.add("one", "k1");
    await world.settle();
    for (let i = 1; i < ATTEMPTS_MAX; i += 1) await world.elapse();
    expect(world.statuses()).toEqual(["stuck"]);
    expect(world.calls).toHaveLength(ATTEMPTS_MAX);
    expect(world.timers).toEqual([]);
    world.outbox.nudge();
    await world.settle();
    expect(world.statuses()).toEqual(["sent"]);
    expect(new Set(world.calls)).toEqual(new Set(["k1"]));
  });

  it("survive a reload with their keys", async () => {
    const before = setUp();
    before.fail = ["lost_answer"];
    before.outbox.add("hello", "k1");
    await before.settle();
    const after = setUp(before.saved);
    after.stored.push(...before.stored);
    after.outbox.nudge();
    await after.settle();
    expect(after.stored).toHaveLength(1);
    expect(after.calls).toEqual(["k1"]);
  });

  it("a refusal is shown, does not hold up others, and can be tried again", async () => {
    const world = setUp();
    world.fail = [new ApiError(422, "text_too_long", "too long")];
    world.outbox.add("one", "k1");
    world.outbox.add("two", "k2");
    await world.settle();
    expect(world.statuses()).toEqual(["refused", "sent"]);
    world.outbox.retry("k1");
    await world.settle();
    expect(world.statuses()).toEqual(["sent", "sent"]);
    expect(world.calls).toEqual(["k1", "k2", "k1"]);
  });

  it("take a new key only when theirs belongs to another text", async () => {
    const world = setUp();
    world.fail = [new ApiError(422, "idempotency_key_reused", "other body")];
    world.outbox.add("one", "k1");
    await world.settle();
    world.outbox.retry("k1");
    await world.settle();
    expect(world.calls).toEqual(["k1", "fresh-1"]);
  });

  it("the same key is not added twice", async () => {
    const world = setUp();
    world.outbox.add("one", "k1");
    world.outbox.add("one", "k1");
    await world.settle();
    expect(world.stored).toHaveLength(1);
  });
});
