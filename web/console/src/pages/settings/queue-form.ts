/** The form of a queue has the form's shape; it is translated to the wire's at submit. */
import { type Queue, WEEKDAYS, type Weekday } from "@segue/client";
import { readList } from "../../ui/field";

export type QueueForm = {
  key: string;
  name: string;
  team: string;
  skills: string;
  zone: string;
  is_always: boolean;
  /** Per day `08:00-12:00, 13:00-17:00`; empty when closed. */
  hours: Record<Weekday, string>;
  holidays: string;
  target_min: string;
  offer_s: string;
  overflow_after_min: string;
  overflow_to: string;
};

const SPAN = /^([01]\d|2[0-3]):[0-5]\d\s*[-–]\s*(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

export function toForm(queue: Queue | null): QueueForm {
  const hours = Object.fromEntries(
    WEEKDAYS.map((day) => [
      day,
      (queue?.hours[day] ?? []).map(([from, to]) => `${from}-${to}`).join(", "),
    ]),
  ) as Record<Weekday, string>; // every weekday is a key, which fromEntries cannot say
  return {
    key: queue?.key ?? "",
    name: queue?.name ?? "",
    team: queue?.team ?? "",
    skills: queue?.skills.join(", ") ?? "",
    zone: queue?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    is_always: queue?.is_always ?? false,
    hours,
    holidays: queue?.holidays.join(", ") ?? "",
    target_min: String((queue?.target_s ?? 120) / 60),
    offer_s: String(queue?.offer_s ?? 30),
    overflow_after_min: String((queue?.overflow_after_s ?? 300) / 60),
    overflow_to: queue?.overflow_to ?? "",
  };
}

/** The days whose hours cannot be read. */
export function wrongDays(form: QueueForm): Weekday[] {
  if (form.is_always) return [];
  return WEEKDAYS.filter((day) => readList(form.hours[day]).some((span) => !SPAN.test(span)));
}

export function fromForm(form: QueueForm): Queue {
  const hours: Queue["hours"] = {};
  for (const day of WEEKDAYS) {
    const spans = readList(form.hours[day]).map((span): [string, string] => {
      const [from = "", to = ""] = span.split(/\s*[-–]\s*/);
      return [from, to];
    });
    if (spans.length > 0) hours[day] = spans;
  }
  return {
    key: form.key,
    name: form.name.trim(),
    team: form.team.trim(),
    skills: readList(form.skills),
    zone: form.zone.trim(),
    hours,
    holidays: readList(form.holidays),
    is_always: form.is_always,
    target_s: Math.round(Number(form.target_min) * 60),
    offer_s: Math.round(Number(form.offer_s)),
    overflow_after_s: Math.round(Number(form.overflow_after_min) * 60),
    overflow_to: form.overflow_to || undefined,
  };
}
