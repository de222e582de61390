// Storage of the widget's own origin. Browsers may refuse it inside a frame; then memory serves.

/** The part of `Storage` that is used. */
export interface Shelf {
  get(key: string): string | null;
  set(key: string, value: string | null): void;
}

function shelf(open: () => Storage): Shelf {
  const memory = new Map<string, string>();
  let storage: Storage | undefined;
  try {
    storage = open();
  } catch {
    storage = undefined;
  }
  return {
    get: (key) => {
      try {
        return storage?.getItem(key) ?? memory.get(key) ?? null;
      } catch {
        return memory.get(key) ?? null;
      }
    },
    set: (key, value) => {
      if (value === null) memory.delete(key);
      else memory.set(key, value);
      try {
        if (value === null) storage?.removeItem(key);
        else storage?.setItem(key, value);
        if (storage) memory.delete(key);
      } catch {
        // Full or refused: memory has it.
      }
    },
  };
}

/** Shared by all tabs and kept: the anonymous visitor. */
export const lasting: Shelf = shelf(() => window.localStorage);
/** This tab only: whatever belongs to somebody signed in on the host page. */
export const passing: Shelf = shelf(() => window.sessionStorage);

/** A stored value, or nothing when it is not what was asked for. */
export function readJson<T>(
  from: Shelf,
  key: string,
  is: (value: unknown) => value is T,
): T | null {
  try {
    const value: unknown = JSON.parse(from.get(key) ?? "null");
    return is(value) ? value : null;
  } catch {
    return null;
  }
}
