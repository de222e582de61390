import type { Inbox } from "@segue/client";
import { createContext, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { type LiveState, LiveStore, type StaffView } from "./store";

export const LiveContext = createContext<LiveStore>(new LiveStore());

export function useLiveStore(): LiveStore {
  return useContext(LiveContext);
}

/** Follows one part of the live state; renders only when that part changed. */
export function useLive<T>(select: (state: LiveState) => T): T {
  const store = useLiveStore();
  return useSyncExternalStore(store.listen, () => select(store.read()));
}

/** Null until the server has said what is in it. */
export function useInbox(): Inbox | null {
  return useLive((state) => state.inbox);
}

export type Followed =
  | { status: "loading" }
  | { status: "failed"; error: unknown; retry: () => void }
  | { status: "gone" }
  | { status: "ready"; view: StaffView };

/** Follows a conversation while the component is on the screen. */
export function useConversation(id: string): Followed {
  const store = useLiveStore();
  const view = useLive((state) => state.views.get(id));
  const isGone = useLive((state) => state.gone.has(id));
  const [failed, setFailed] = useState<{ id: string; error: unknown } | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again after a failure
  useEffect(() => {
    setFailed(null);
    return store.follow(id, (error) => setFailed({ id, error }));
  }, [store, id, round]);
  if (isGone) return { status: "gone" };
  if (view !== undefined && view.state !== null) return { status: "ready", view };
  if (failed !== null && failed.id === id) {
    return { status: "failed", error: failed.error, retry: () => setRound((n) => n + 1) };
  }
  return { status: "loading" };
}
