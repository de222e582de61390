/**
 * Whether somebody is at the page. A page that stays open asks and listens by itself; only what a
 * person does keeps their session alive.
 */
const ACTS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;

/** Watches a page; the answer says whether anything was done since it was asked last. */
export function watchActivity(page: Pick<EventTarget, "addEventListener">): () => boolean {
  let is_active = false;
  const note = () => {
    is_active = true;
  };
  for (const act of ACTS) page.addEventListener(act, note, { capture: true, passive: true });
  return () => {
    const was_active = is_active;
    is_active = false;
    return was_active;
  };
}
