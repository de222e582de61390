// What the handoff card says, worked out from the state alone: a pure function from what the
// server knows to what the customer reads.

import type { CustomerState, Wait } from "@segue/client";
import type { Language } from "../texts/texts";

/** What stands on the card. */
export interface Card {
  kind: "warm" | "away" | "contact_left" | "cold";
  /** The line above the name. */
  heading: string;
  /** Who comes, or a neutral sentence. */
  title: string;
  /** The name in the title, where it names a person and not only a team. */
  person?: string;
  /** The team, where the title is a person. */
  team?: string;
  reason?: string;
  /** The waiting time and the place in line, or when the team is back. */
  estimate?: string;
  /** What happens next. */
  next?: string;
  notes_passed: boolean;
  may_leave_contact: boolean;
  /** The address that is known of them. */
  address?: string;
  may_withdraw: boolean;
}

/** A moment as people say it: today, tomorrow, a weekday, a date. */
export function when(iso: string, now: Date, { locale, t }: Language): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const time = clock(at, locale);
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
  const days = Math.round((midnight(at).getTime() - midnight(now).getTime()) / 86_400_000);
  if (days <= 0) return t("at", { time });
  if (days === 1) return t("tomorrow_at", { time });
  const day = new Intl.DateTimeFormat(
    locale,
    days < 7 ? { weekday: "long" } : { day: "numeric", month: "long" },
  ).format(at);
  return t("day_at", { day, time });
}

/** Hour and minute. */
export function clock(at: Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(at);
}

/** The announced interval; the server has rounded it outward already. */
export function duration(wait: Wait, { t }: Language): string {
  const { lo_min, hi_min, more_than_min } = wait;
  if (more_than_min !== undefined && more_than_min !== null)
    return t("more_than", { n: more_than_min });
  if (hi_min === null) return lo_min === null ? t("soon") : t("more_than", { n: lo_min });
  if (lo_min === null || lo_min <= 0) return t("under", { n: Math.max(1, hi_min) });
  return lo_min === hi_min
    ? t("about_one", { n: lo_min })
    : t("about_range", { lo: lo_min, hi: hi_min });
}

/** The place in line; nothing where it is unknown. */
export function place(position: number | null, { locale, t }: Language): string {
  if (position === null || position < 1) return "";
  if (position === 1) return t("next_in_line");
  const rule = new Intl.PluralRules(locale, { type: "ordinal" }).select(position);
  const key =
    rule === "one" || rule === "two" || rule === "few"
      ? (`place_${rule}` as const)
      : ("place_other" as const);
  return t("in_line", { place: t(key, { n: position }) });
}

/** A fragment of a sentence as a line of its own. */
export function asLine(text: string, locale: string): string {
  const [first = ""] = text;
  return first.toLocaleUpperCase(locale) + text.slice(first.length);
}

/**
 * The person whom "Sarah from our billing team" names. Nobody in "our billing team", "a colleague"
 * or the bare name of the queue: names begin with a capital, the words for teams do not.
 */
export function personIn(who: string, queue_name: string | undefined): string | undefined {
  if (who === queue_name) return undefined;
  const words = who.split(/\s+/);
  const end = words.findIndex((word) => !/^\p{Lu}/u.test(word));
  return words.slice(0, end === -1 ? words.length : end).join(" ") || undefined;
}

/** Whether neither team nor reason may be told. */
export function isCold(state: CustomerState): boolean {
  const { holder, kind, queue_name } = state.floor;
  const is_unnamed = holder === "queue" && !queue_name && !state.wait?.who;
  return holder === "locked" || kind === "cold" || is_unnamed;
}

/** Whether a person was asked for and has not come yet. */
export function isWaiting(state: CustomerState): boolean {
  return state.floor.holder === "queue" || state.floor.holder === "locked";
}

/** The card of a state, or nothing when nobody is awaited. */
export function cardOf(state: CustomerState, now: Date, language: Language): Card | null {
  const { t } = language;
  const wait = state.wait;
  if (!isWaiting(state)) return null;
  const reference = wait?.reference ? t("reference", { reference: wait.reference }) : undefined;
  if (!wait || isCold(state))
    // Nothing else may show here: who comes and why would give the reason away.
    return {
      kind: "cold",
      heading: "",
      title: t("cold_title"),
      next: reference,
      notes_passed: false,
      may_leave_contact: false,
      may_withdraw: false,
    };
  const { queue_name } = state.floor;
  const person = personIn(wait.who, queue_name);
  const common = {
    // Everything but a name alone says the team itself.
    team: person === wait.who ? queue_name : undefined,
    reason: asLine(wait.reason, language.locale) || undefined,
    notes_passed: wait.notes_passed,
    address: wait.known_address,
    may_withdraw: wait.may_withdraw,
  };
  if (wait.contact_left)
    return {
      ...common,
      kind: "contact_left",
      heading: "",
      title: t("contact_left"),
      team: undefined,
      reason: undefined,
      next: wait.who
        ? asLine(t("contact_next", { who: wait.who }), language.locale)
        : t("contact_next_unnamed"),
      estimate: reference,
      may_leave_contact: false,
    };
  if (!wait.is_open)
    return {
      ...common,
      kind: "away",
      heading: asLine(wait.who, language.locale),
      title: t("away"),
      reason: undefined,
      estimate: wait.opens_at
        ? t("away_back", { when: when(wait.opens_at, now, language) })
        : undefined,
      next: t("away_next"),
      may_leave_contact: wait.may_leave_contact,
    };
  return {
    ...common,
    kind: "warm",
    heading: t("card_next"),
    title: asLine(wait.who, language.locale) || t("header_waiting_unnamed"),
    person,
    estimate: [duration(wait, language), place(wait.position, language)]
      .filter((part) => part)
      .join(" · "),
    may_leave_contact: wait.may_leave_contact,
  };
}
