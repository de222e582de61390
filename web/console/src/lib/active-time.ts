/**
 * How long an agent really worked on a conversation: the time in which it was open,
 * the page visible and focused, and something was done within the last minute.
 * Source: AHT is active time, not wall clock (conventions, glossary).
 */
import { useEffect } from "react";

/** Without a key, a click or a scroll for this long the agent is elsewhere. */
export const IDLE_AFTER_MS = 60_000;
const TICK_MS = 1000;

export class ActiveTime {
  readonly #totals = new Map<string, number>();
  #last: number | null = null;

  /** Adds the time since the last look when it counts; `now` in milliseconds. */
  tick(conversation: string, now: number, isPresent: boolean, touchedAt: number): void {
    const since = this.#last;
    this.#last = now;
    if (since === null || !isPresent || now - touchedAt > IDLE_AFTER_MS) return;
    // A jump of the clock is a sleep, not work.
    const worked = Math.min(now - since, 2 * TICK_MS);
    this.#totals.set(conversation, this.read(conversation) + Math.max(0, worked));
  }

  /** The next tick starts anew, e.g. when another conversation is opened. */
  pause(): void {
    this.#last = null;
  }

  read(conversation: string): number {
    return this.#totals.get(conversation) ?? 0;
  }

  /** Starts again, after the time was reported. */
  clear(conversation: string): void {
    this.#totals.delete(conversation);
  }
}

export const activeTime = new ActiveTime();

const TOUCHES = ["keydown", "pointerdown", "pointermove", "wheel", "focus"] as const;

/** Measures while the conversation is on the screen. */
export function useActiveTime(conversation: string): void {
  useEffect(() => {
    let touchedAt = Date.now();
    const touch = () => {
      touchedAt = Date.now();
    };
    for (const name of TOUCHES) window.addEventListener(name, touch, { passive: true });
    const timer = setInterval(() => {
      const isPresent = document.visibilityState === "visible" && document.hasFocus();
      activeTime.tick(conversation, Date.now(), isPresent, touchedAt);
    }, TICK_MS);
    return () => {
      clearInterval(timer);
      activeTime.pause();
      for (const name of TOUCHES) window.removeEventListener(name, touch);
    };
  }, [conversation]);
}
