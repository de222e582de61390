// Waiting is for a condition, with a bound; a wait that ends without it says what it saw last.

import { setTimeout as after } from "node:timers/promises";

/** Long enough for a slow machine under load; a condition that holds earlier ends the wait. */
export const SOON_MS = 30_000;
const LOOK_EVERY_MS = 50;

/** Looks until the value is there and `isRight`, then gives it. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  isRight: (value: T) => boolean = Boolean,
  within_ms = SOON_MS,
): Promise<T> {
  const end = performance.now() + within_ms;
  for (;;) {
    const value = await look();
    if (isRight(value)) return value;
    if (performance.now() > end)
      throw new Error(`not within ${within_ms} ms: ${what}; last seen: ${JSON.stringify(value)}`);
    await after(LOOK_EVERY_MS);
  }
}
