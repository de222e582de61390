// Texts that are not known to be stored yet. Each keeps the key it was first sent with, so that
// sending it again can never write it twice; they go out one after the other, in order.

import { ApiError } from "@segue/client";

/** After this many attempts in a row a text waits for a connection or for the customer. */
export const ATTEMPTS_MAX = 4;
const DELAY_BASE_MS = 800;
const DELAY_MAX_MS = 15_000;

export interface Outgoing {
  client_id: string;
  text: string;
  /** `waiting`: goes out by itself. `stuck`: no connection. `refused`: the server said no. */
  status: "waiting" | "sending" | "sent" | "stuck" | "refused";
  /** The code of what went wrong the last time: a refusal, or why it waits. */
  code?: string;
  /** Its place in the conversation, once known. */
  turn?: number;
}

export interface Ports {
  /** Stores one text; the same `client_id` with the same text is stored once. */
  send: (text: string, client_id: string) => Promise<{ turn: number }>;
  save: (texts: { client_id: string; text: string }[]) => void;
  onChange: () => void;
  /** A new key. */
  key: () => string;
  after: (ms: number, action: () => void) => void;
  /** Uniform in [0, 1). */
  random: () => number;
}

export class Outbox {
  readonly #ports: Ports;
  #list: Outgoing[] = [];
  #attempts = 0;
  #is_busy = false;
  #is_paused = false;

  constructor(ports: Ports, unsent: readonly { client_id: string; text: string }[] = []) {
    this.#ports = ports;
    this.#list = unsent.map((entry) => ({ ...entry, status: "waiting" }));
  }

  get list(): readonly Outgoing[] {
    return this.#list;
  }

  add(text: string, client_id: string): void {
    if (this.#list.some((entry) => entry.client_id === client_id)) return;
    this.#list.push({ client_id, text, status: this.#isStuck() ? "stuck" : "waiting" });
    this.#changed();
    this.nudge();
  }

  /** Tries everything that waits for a connection again. */
  nudge(): void {
    if (this.#is_busy) return;
    this.#attempts = 0;
    this.#is_paused = false;
    for (const entry of this.#list) if (entry.status === "stuck") entry.status = "waiting";
    void this.#pump();
  }

  /** The customer asks to try a refused text again. */
  retry(client_id: string): void {
    const entry = this.#list.find((other) => other.client_id === client_id);
    if (!entry || entry.status === "sending" || entry.status === "sent") return;
    // The key was used for another text, in another tab: this one needs its own.
    if (entry.code === "idempotency_key_reused") entry.client_id = this.#ports.key();
    entry.status = "waiting";
    entry.code = undefined;
    this.#changed();
    this.nudge();
  }

  /** Takes texts out that have appeared in the conversation; returns whether any did. */
  seen(turns: readonly { turn: number; text: string; is_new: boolean }[]): boolean {
    const before = this.#list.length;
    for (const { turn, text, is_new } of turns) {
      const entry =
        this.#list.find((other) => other.turn === turn) ??
        // The answer to our request is still on its way, or lost: the turn itself is the proof.
        (is_new
          ? this.#list.find((other) => other.turn === undefined && other.text === text.trim())
          : undefined);
      if (entry) this.#list = this.#list.filter((other) => other !== entry);
    }
    if (this.#list.length === before) return false;
    this.#changed();
    return true;
  }

  #isStuck(): boolean {
    return this.#list.some((entry) => entry.status === "stuck");
  }

  async #pump(): Promise<void> {
    if (this.#is_busy || this.#is_paused) return;
    const entry = this.#list.find((other) => other.status === "waiting");
    if (!entry) return;
    this.#is_busy = true;
    entry.status = "sending";
    this.#changed();
    try {
      const { turn } = await this.#ports.send(entry.text, entry.client_id);
      entry.turn = turn;
      entry.status = "sent";
      entry.code = undefined;
      this.#attempts = 0;
    } catch (error) {
      this.#failed(entry, error);
    }
    this.#is_busy = false;
    this.#changed();
    void this.#pump();
  }

  #failed(entry: Outgoing, error: unknown): void {
    const status = error instanceof ApiError ? error.status : 0;
    const is_flood = status === 429;
    const is_passing = is_flood || status === 0 || status === 408 || status >= 500;
    entry.code = error instanceof ApiError ? error.code : undefined;
    if (!is_passing) {
      entry.status = "refused";
      return;
    }
    this.#attempts += 1;
    this.#is_paused = true;
    // A server that asks for patience is there: no connection has to come back first.
    if (this.#attempts >= ATTEMPTS_MAX && !is_flood) {
      // Later texts must not overtake this one.
      for (const other of this.#list)
        if (other.status === "waiting" || other.status === "sending") other.status = "stuck";
      return;
    }
    entry.status = "waiting";
    const bound = Math.min(DELAY_MAX_MS, DELAY_BASE_MS * 2 ** this.#attempts);
    this.#ports.after(bound * (0.5 + this.#ports.random() / 2), () => {
      this.#is_paused = false;
      void this.#pump();
    });
  }

  #changed(): void {
    this.#ports.save(
      this.#list
        .filter((entry) => entry.status !== "sent")
        .map(({ client_id, text }) => ({ client_id, text })),
    );
    this.#ports.onChange();
  }
}
