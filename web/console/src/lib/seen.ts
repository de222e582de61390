/**
 * Up to when each conversation was seen on this device: what came after is unread. The
 * instants are the server's, so clocks that differ do no harm.
 */
import type { Inbox, Row } from "@segue/client";
import { useEffect, useSyncExternalStore } from "react";

const KEY = "segue.seen";
/** More than anybody holds at once; older marks are forgotten first. */
const KEPT_MAX = 200;

type Marks = Readonly<Record<string, string>>;

export class Seen {
  #marks: Marks;
  readonly #listeners = new Set<() => void>();

  constructor() {
    this.#marks = read();
  }

  readonly marks = (): Marks => this.#marks;

  readonly listen = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    window.addEventListener("storage", this.#elsewhere);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) window.removeEventListener("storage", this.#elsewhere);
    };
  };

  mark(conversation: string, at: string): void {
    if ((this.#marks[conversation] ?? "") >= at) return;
    // Another tab may have marked in the meantime. The newest stands last.
    const { [conversation]: _, ...others } = read();
    const kept = [...Object.entries(others), [conversation, at] as const].slice(-KEPT_MAX);
    this.#set(Object.fromEntries(kept));
    try {
      window.localStorage.setItem(KEY, JSON.stringify(this.#marks));
    } catch {
      // The marks then last as long as the page.
    }
  }

  #set(marks: Marks): void {
    this.#marks = marks;
    for (const listener of this.#listeners) listener();
  }

  readonly #elsewhere = (event: StorageEvent): void => {
    if (event.key === KEY) this.#set(read());
  };
}

function read(): Marks {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? "{}");
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
    );
  } catch {
    return {}; // switched off, or written by something else
  }
}

export const seen = new Seen();

/** Whether the customer has written since it was last looked at. */
export function isUnread(row: Row, marks: Marks): boolean {
  return row.last_author === "customer" && row.last_at > (marks[row.conversation] ?? "");
}

export function useSeenMarks(): Marks {
  return useSyncExternalStore(seen.listen, seen.marks);
}

/** Marks what is open as seen, while the page is in front. */
export function useSeeing(inbox: Inbox | null, openId: string | null): void {
  const at = inbox?.mine.find((row) => row.conversation === openId)?.last_at;
  useEffect(() => {
    if (openId === null || at === undefined) return;
    const see = () => {
      if (document.visibilityState === "visible") seen.mark(openId, at);
    };
    see();
    document.addEventListener("visibilitychange", see);
    return () => document.removeEventListener("visibilitychange", see);
  }, [openId, at]);
}
