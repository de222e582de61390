/** Times as people say them. Pure: the present is an argument. */

const SECOND_MS = 1000;
const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_MS = 86_400_000;

/** `2:10`, from an hour on `1 h 02`, from two days on `3 d`: for clocks that run. */
export function clock(ms: number): string {
  const total = Math.max(0, Math.floor(ms / SECOND_MS));
  if (total >= 48 * HOUR_S) return `${Math.floor(total / (24 * HOUR_S))} d`;
  if (total >= HOUR_S) {
    return `${Math.floor(total / HOUR_S)} h ${pad(Math.floor((total % HOUR_S) / MINUTE_S))}`;
  }
  return `${Math.floor(total / MINUTE_S)}:${pad(total % MINUTE_S)}`;
}

/** Seconds as `45 s`, `3 min 20 s`, `1 h 5 min`: for durations that are over. */
export function duration(seconds: number): string {
  const total = Math.round(seconds);
  if (total < MINUTE_S) return `${total} s`;
  const minutes = Math.floor(total / MINUTE_S);
  if (minutes < 60) {
    const rest = total % MINUTE_S;
    return rest === 0 || minutes >= 10 ? `${minutes} min` : `${minutes} min ${rest} s`;
  }
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** The time of day; with the date when it is not today. */
export function timeOfDay(at: string, now: number, locale: string): string {
  const date = new Date(at);
  const isToday = new Date(now).toDateString() === date.toDateString();
  return new Intl.DateTimeFormat(locale, {
    ...(isToday ? {} : { day: "numeric", month: "short" }),
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(date);
}

/** The whole instant, for hover. */
export function exactly(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    dateStyle: "full",
    timeStyle: "medium",
    hourCycle: "h23",
  }).format(new Date(at));
}

/** `5 min`, `3 h`, `2 d` since then: for lists. */
export function ago(at: string, now: number): string {
  const ms = Math.max(0, now - Date.parse(at));
  if (ms < HOUR_S * SECOND_MS) return `${Math.max(1, Math.round(ms / 60_000))} min`;
  if (ms < DAY_MS) return `${Math.round(ms / (HOUR_S * SECOND_MS))} h`;
  return `${Math.round(ms / DAY_MS)} d`;
}

function pad(n: number): string {
  return String(n).padStart(2, "0");
}

export type Lateness = "on_time" | "soon" | "late";

/** Amber from this share of the way to the target on. */
export const SOON_FROM_SHARE = 0.7;

/** How a waiting time stands to its target. */
export function lateness(since: string, target: string, now: number): Lateness {
  const start = Date.parse(since);
  const end = Date.parse(target);
  if (now >= end) return "late";
  return now - start >= (end - start) * SOON_FROM_SHARE ? "soon" : "on_time";
}
