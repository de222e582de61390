/**
 * The text that is being edited, kept for as long as the browser's tab: a look at another
 * page loses nothing. `base` is the version that it was begun from.
 */
export type Draft = { base: string; text: string };

const KEY = "segue.policy.draft";

export function readDraft(): Draft | null {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(KEY) ?? "null");
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

export function keepDraft(draft: Draft | null): void {
  try {
    if (draft === null) window.sessionStorage.removeItem(KEY);
    else window.sessionStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // Storage may be switched off; the text then lasts as long as the page.
  }
}

function isDraft(value: unknown): value is Draft {
  return (
    typeof value === "object" &&
    value !== null &&
    "base" in value &&
    typeof value.base === "string" &&
    "text" in value &&
    typeof value.text === "string"
  );
}
