/**
 * Reading the packet before the first word. Read means: it was on the screen, and the
 * agent said so; the time between is the dwell that the retention metric looks at.
 */
import { type RefObject, useEffect, useRef } from "react";
import { api } from "../../api";
import { useAction } from "../../lib/hooks";
import { useLiveStore } from "../../live/hooks";
import type { StaffView } from "../../live/store";

export type PacketReading = {
  /** The composer waits for it. */
  isNeeded: boolean;
  mayRead: boolean;
  isBusy: boolean;
  error: unknown;
  read: () => Promise<void>;
  /** Goes on the panel, so that it is known when it came into view. */
  panel: RefObject<HTMLDivElement | null>;
};

export function usePacketReading(view: StaffView, isShown: boolean): PacketReading {
  const store = useLiveStore();
  const { isBusy, error, run } = useAction();
  const panel = useRef<HTMLDivElement>(null);
  const seenAt = useRef<number | null>(null);
  const state = view.state;
  const isUnread = state?.escalation !== undefined && !state.escalation.packet_read;
  const mayRead = isUnread && state?.allowed.read_packet?.ok === true;
  // Whoever could not write anyway is told why instead.
  const isNeeded = mayRead && state?.allowed.reply?.ok === true;
  useEffect(() => {
    seenAt.current = null;
    const element = panel.current;
    if (!isShown || !mayRead || element === null) return;
    const see = () => {
      seenAt.current ??= Date.now();
    };
    if (typeof IntersectionObserver === "undefined") {
      see();
      return;
    }
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) see();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [isShown, mayRead]);
  const read = async () => {
    const since = seenAt.current;
    const dwell = since === null ? 0 : Date.now() - since;
    await run(async () => {
      await api.packetRead(view.conversation, dwell);
      await store.refresh(view.conversation);
    });
  };
  return { isNeeded, mayRead, isBusy, error, read, panel };
}
