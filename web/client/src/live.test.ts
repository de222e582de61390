import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FoldItem } from "./fold";
import {
  Live,
  type LiveOptions,
  type LiveSocket,
  RECONNECT_BASE_MS,
  RECONNECT_MAX_MS,
  SLEPT_MS,
  WATCH_EVERY_MS,
  WELCOME_WITHIN_MS,
} from "./live";

class FakeSocket implements LiveSocket {
  onopen: LiveSocket["onopen"] = null;
  onmessage: LiveSocket["onmessage"] = null;
  onclose: LiveSocket["onclose"] = null;
  onerror: LiveSocket["onerror"] = null;
  sent: Record<string, unknown>[] = [];
  closed = false;
  send(data: string) {
    this.sent.push(JSON.parse(data));
  }
  close() {
    this.closed = true;
  }
  say(frame: unknown) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  welcome() {
    this.onopen?.({} as never);
    this.say({ type: "welcome", ping_ms: 10_000 });
  }
  lose(code = 1006) {
    this.onclose?.({ code });
  }
  asked(type: string) {
    return this.sent.filter((frame) => frame.type === type);
  }
}

type S = { version: number; epoch: number };
const entry = (version: number, epoch = 1) => ({
  type: "entry",
  conversation: "conv_1",
  version,
  items: [],
  state: { version, epoch },
});
const snapshot = (version: number) => ({ ...entry(version), type: "snapshot" });
const conversation = { topic: "conversation", id: "conv_1" } as const;

function setUp(more: Partial<LiveOptions<FoldItem, S>> = {}) {
  const sockets: FakeSocket[] = [];
  const frames: { type: string; version?: number }[] = [];
  const statuses: string[] = [];
  const live = new Live<FoldItem, S>({
    url: "ws://test/v1/live",
    ticket: async () => "t-1",
    onFrame: (frame) => frames.push(frame),
    onStatus: (status) => statuses.push(status),
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    random: () => 0.5,
    ...more,
  });
  const socket = () => sockets.at(-1) as FakeSocket;
  const settle = () => vi.advanceTimersByTimeAsync(0);
  const connect = async () => {
    live.start();
    await settle();
    socket().welcome();
  };
  return { live, sockets, socket, frames, statuses, settle, connect };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("connecting", () => {
  it("says hello with the ticket, pings, and asks for its topics", async () => {
    const t = setUp();
    t.live.subscribe(conversation);
    t.live.subscribe({ topic: "inbox" });
    await t.connect();
    expect(t.socket().sent[0]).toEqual({ type: "hello", ticket: "t-1" });
    expect(t.socket().asked("subscribe")).toEqual([
      { type: "subscribe", topic: "conversation", id: "conv_1", after: 0 },
      { type: "subscribe", topic: "inbox" },
    ]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(t.socket().asked("ping")).toHaveLength(2);
    expect(t.live.status).toBe("open");
  });

  it("gives a silent server up and tries again", async () => {
    const t = setUp();
    t.live.start();
    await t.settle();
    t.socket().onopen?.({} as never);
    await vi.advanceTimersByTimeAsync(WELCOME_WITHIN_MS);
    expect(t.live.status).toBe("waiting");
    await vi.advanceTimersByTimeAsync(RECONNECT_BASE_MS);
    expect(t.sockets).toHaveLength(2);
  });

  it("asks to sign in again when the ticket is refused", async () => {
    const t = setUp({ ticket: () => Promise.reject({ status: 401 }) });
    t.live.start();
    await t.settle();
    expect(t.live.status).toBe("signed_out");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(t.sockets).toHaveLength(0);
  });

  it("asks to sign in again on close code 4401", async () => {
    const t = setUp();
    await t.connect();
    t.socket().lose(4401);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(t.live.status).toBe("signed_out");
    expect(t.sockets).toHaveLength(1);
  });
});

describe("cursors", () => {
  it("passes each version on once", async () => {
    const t = setUp();
    t.live.subscribe(conversation);
    await t.connect();
    for (const frame of [snapshot(3), entry(4), entry(4), entry(3)]) t.socket().say(frame);
    expect(t.frames.map((frame) => frame.version)).toEqual([3, 4]);
  });

  it("asks again from the last good version on a gap", async () => {
    const t = setUp();
    t.live.subscribe(conversation);
    await t.connect();
    t.socket().say(snapshot(3));
    t.socket().say(entry(6));
    expect(t.frames.map((frame) => frame.version)).toEqual([3]);
    expect(t.socket().asked("subscribe").at(-1)).toMatchObject({ after: 3 });
    t.socket().say({ ...entry(6), type: "entries", from: 3 });
    expect(t.frames.map((frame) => frame.version)).toEqual([3, 6]);
  });

  it("resumes after a reconnect where it was", async () => {
    const t = setUp();
    t.live.subscribe(conversation);
    await t.connect();
    t.socket().say(snapshot(7));
    t.socket().lose();
    await vi.advanceTimersByTimeAsync(RECONNECT_BASE_MS);
    t.socket().welcome();
    expect(t.sockets).toHaveLength(2);
    expect(t.socket().asked("subscribe")).toEqual([
      { type: "subscribe", topic: "conversation", id: "conv_1", after: 7 },
    ]);
  });

  it("ignores frames of a conversation that was left", async () => {
    const t = setUp();
    t.live.subscribe(conversation);
    await t.connect();
    t.live.unsubscribe(conversation);
    t.socket().say(snapshot(3));
    expect(t.frames).toHaveLength(0);
  });

  it("ignores late frames of a lost socket", async () => {
    const t = setUp();
    t.live.subscribe(conversation);
    await t.connect();
    const old = t.socket();
    const late = old.onmessage;
    old.lose();
    late?.({ data: JSON.stringify(snapshot(3)) });
    expect(t.frames).toHaveLength(0);
  });
});

describe("reconnecting", () => {
  it("waits at random below a bound that doubles up to its end", async () => {
    const t = setUp({ random: () => 0.999, ticket: () => Promise.reject(new Error("down")) });
    const waits: number[] = [];
    const spy = vi.spyOn(globalThis, "setTimeout");
    t.live.start();
    for (let i = 0; i < 8; i += 1) {
      await t.settle();
      waits.push(spy.mock.calls.at(-1)?.[1] ?? 0);
      await vi.advanceTimersByTimeAsync(RECONNECT_MAX_MS);
    }
    expect(waits[0]).toBeLessThanOrEqual(RECONNECT_BASE_MS);
    expect(waits[1]).toBeGreaterThan(RECONNECT_BASE_MS);
    expect(Math.max(...waits)).toBeLessThanOrEqual(RECONNECT_MAX_MS);
    spy.mockRestore();
  });

  it("reconnects at once after a sleep", async () => {
    let slept = 0;
    const t = setUp({ now: () => Date.now() + slept });
    await t.connect();
    slept = SLEPT_MS * 10;
    await vi.advanceTimersByTimeAsync(WATCH_EVERY_MS);
    expect(t.sockets).toHaveLength(2);
    expect(t.sockets[0]?.closed).toBe(true);
  });

  it("gives up a connection on which nothing is heard", async () => {
    const t = setUp();
    await t.connect();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(t.sockets.length).toBeGreaterThan(1);
  });

  it("does not wait when the browser is online again", async () => {
    const t = setUp();
    await t.connect();
    t.socket().lose();
    t.live.nudge();
    await t.settle();
    expect(t.sockets).toHaveLength(2);
  });

  it("stays closed after stop", async () => {
    const t = setUp();
    await t.connect();
    t.live.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(t.sockets).toHaveLength(1);
    expect(t.statuses.at(-1)).toBe("idle");
  });
});

it("says with a ping whether somebody is there", async () => {
  let acts = 1;
  const t = setUp({ wasActive: () => acts-- > 0 });
  await t.connect();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(t.socket().asked("ping")).toEqual([
    { type: "ping", at: expect.any(Number), active: true },
    { type: "ping", at: expect.any(Number) },
  ]);
});

it("thins typing out", async () => {
  const t = setUp();
  await t.connect();
  t.live.typing("conv_1");
  t.live.typing("conv_1");
  t.socket().say({ type: "pong", at: 1 });
  await vi.advanceTimersByTimeAsync(2000);
  t.live.typing("conv_1");
  expect(t.socket().asked("typing")).toHaveLength(2);
});
