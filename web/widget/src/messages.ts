// What the loader on the host page and the app in the frame say to each other. Both sides check
// origin, source and shape; anything else is ignored without an answer.

/** Marks our messages among those of other scripts; raised when the shape changes. */
const PROTOCOL = 1;
const TEXT_LENGTH_MAX = 8_000;
const IDENTITY_LENGTH_MAX = 8_000;
const PAGE_LENGTH_MAX = 2_000;
const LOCALE_LENGTH_MAX = 35;

/** From the loader to the app. */
export type ToApp =
  | { type: "init"; page: string; locale: string; identity?: string; is_open: boolean }
  | { type: "open"; page: string }
  | { type: "close" }
  /** The host page signed somebody in (or out: no identity). The session starts again. */
  | { type: "identify"; identity?: string }
  /** Puts a text into the composer. It is never sent without the customer. */
  | { type: "fill"; text: string };

/** From the app to the loader. */
export type ToLoader =
  | { type: "ready" }
  | { type: "close" }
  | { type: "unread"; count: number }
  /** The signed identity has run out; the host page may hand over a new one. */
  | { type: "identity_needed" };

type Fields = Record<string, unknown>;

const text = (value: unknown, max: number): value is string =>
  typeof value === "string" && value.length <= max;
const optional = (value: unknown, max: number): value is string | undefined =>
  value === undefined || text(value, max);

function fieldsOf(data: unknown): Fields | undefined {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return undefined;
  const fields = data as Fields;
  return fields.segue === PROTOCOL ? fields : undefined;
}

/** Wraps a message for `postMessage`. */
export const envelope = (message: ToApp | ToLoader) => ({ segue: PROTOCOL, ...message });

/** The message of a loader, or nothing when the data is not one. */
export function readToApp(data: unknown): ToApp | undefined {
  const fields = fieldsOf(data);
  if (!fields) return undefined;
  const { type, page, locale, identity, is_open, text: filled } = fields;
  switch (type) {
    case "init":
      return text(page, PAGE_LENGTH_MAX) &&
        text(locale, LOCALE_LENGTH_MAX) &&
        optional(identity, IDENTITY_LENGTH_MAX) &&
        typeof is_open === "boolean"
        ? { type, page, locale, identity, is_open }
        : undefined;
    case "open":
      return text(page, PAGE_LENGTH_MAX) ? { type, page } : undefined;
    case "close":
      return { type };
    case "identify":
      return optional(identity, IDENTITY_LENGTH_MAX) ? { type, identity } : undefined;
    case "fill":
      return text(filled, TEXT_LENGTH_MAX) ? { type, text: filled } : undefined;
    default:
      return undefined;
  }
}

/** The message of an app, or nothing when the data is not one. */
export function readToLoader(data: unknown): ToLoader | undefined {
  const fields = fieldsOf(data);
  if (!fields) return undefined;
  const { type, count } = fields;
  switch (type) {
    case "ready":
    case "close":
    case "identity_needed":
      return { type };
    case "unread":
      return typeof count === "number" && Number.isInteger(count) && count >= 0
        ? { type, count }
        : undefined;
    default:
      return undefined;
  }
}
