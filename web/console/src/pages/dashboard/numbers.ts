/** How numbers of the dashboard are said, and the sentences over the plots. Pure. */
import type { Cause, Dashboard, Ratio } from "@segue/client";
import type { TFunction } from "i18next";
import { duration } from "../../lib/time";
import { word } from "../../lib/words";

/** `74 %`; one decimal above 95 %, where a tenth matters; a dash when nothing can be said. */
export function percent(value: number | null): string {
  if (value === null) return "–";
  const scaled = value * 100;
  return scaled > 95 && scaled < 100
    ? `${scaled.toFixed(1)}\u00a0%`
    : `${Math.round(scaled)}\u00a0%`;
}

/** A part of a whole, where tenths would only be noise. */
export function share(value: number): string {
  return `${Math.round(value * 100)}\u00a0%`;
}

export function seconds(value: number | null): string {
  return value === null ? "–" : duration(value);
}

export type Standing = "unknown" | "below" | "within" | "above";

export function standing(ratio: Ratio): Standing {
  if (ratio.value === null) return "unknown";
  if (ratio.value < ratio.target.lo) return "below";
  return ratio.value > ratio.target.hi ? "above" : "within";
}

/** Fewer than this and a sentence about a share would say more than is known. */
const SAID_FROM_N = 5;

export function outcomesTitle(dashboard: Dashboard, t: TFunction): string {
  const shareOf = (key: string) =>
    dashboard.outcomes.find((outcome) => outcome.key === key)?.share ?? 0;
  if (dashboard.conversations < SAID_FROM_N) return t("titles.outcomes_few");
  return t("titles.outcomes", {
    resolved: share(shareOf("resolved")),
    ambiguous: share(shareOf("ambiguous")),
  });
}

/** How many were handed to a person, of all conversations. */
export function handedTitle(dashboard: Dashboard, t: TFunction): string {
  const { value, numerator, denominator } = dashboard.handed_over.rate;
  if (value === null) return t("titles.handed_few");
  return t("titles.handed", { n: numerator, all: denominator, share: percent(value) });
}

export function paretoTitle(kind: "trigger" | "root_cause", causes: Cause[], t: TFunction): string {
  const [first, second] = [...causes].sort((a, b) => b.n - a.n);
  const all = causes.reduce((sum, cause) => sum + cause.n, 0);
  if (first === undefined || all < SAID_FROM_N) return t(`titles.${kind}_few`);
  if (second === undefined) return t(`titles.${kind}_one`, { first: first.label });
  return t(`titles.${kind}`, {
    first: first.label,
    second: second.label,
    share: share(first.share + second.share),
  });
}

/** The same figures with the names of causes and steps in the reader's language. */
export function inLanguage(dashboard: Dashboard, t: TFunction): Dashboard {
  const causes = (section: "trigger" | "root_cause", all: Cause[]) =>
    all.map((cause) => ({ ...cause, label: word(t, section, cause.key, cause.label) }));
  return {
    ...dashboard,
    by_trigger: causes("trigger", dashboard.by_trigger),
    by_root_cause: causes("root_cause", dashboard.by_root_cause),
    funnel: dashboard.funnel.map((step) => ({
      ...step,
      label: word(t, "step", step.key, step.label),
    })),
  };
}

export function funnelTitle(dashboard: Dashboard, t: TFunction): string {
  const first = dashboard.funnel[0];
  const last = dashboard.funnel.at(-1);
  if (first === undefined || last === undefined || first.n < SAID_FROM_N) {
    return t("titles.funnel_few");
  }
  return t("titles.funnel", { all: first.n, n: last.n, label: last.label });
}

export function heatTitle(
  heat: Dashboard["heat"],
  weekdayName: (weekday: number) => string,
  t: TFunction,
): string {
  const busiest = heat.reduce<Dashboard["heat"][number] | null>(
    (top, cell) => (top === null || cell.n > top.n ? cell : top),
    null,
  );
  const all = heat.reduce((sum, cell) => sum + cell.n, 0);
  if (busiest === null || all < SAID_FROM_N) return t("titles.heat_few");
  return t("titles.heat", {
    day: weekdayName(busiest.weekday),
    hour: `${String(busiest.hour).padStart(2, "0")}:00`,
  });
}

/** One week of one line of the trend. */
export type TrendPoint = {
  week: string;
  value: number;
  n: number;
  lo: number;
  hi: number;
  /** The first and the last week of the window, of which only a part is counted. */
  isCut: boolean;
};

/** Handoffs and resolution by week; weeks in which nothing can be said are left out. */
export function trendOf(weeks: Dashboard["weeks"]): {
  escalated: TrendPoint[];
  resolved: TrendPoint[];
} {
  const points = (shareOf: (week: Dashboard["weeks"][number]) => number | null) =>
    weeks.flatMap((week, at) => {
      const value = shareOf(week);
      if (value === null) return [];
      const isCut = at === 0 || at === weeks.length - 1;
      return [{ week: week.week, value, n: week.n, isCut, ...wilson(value, week.n) }];
    });
  return {
    escalated: points((week) => (week.n === 0 ? null : week.n_escalated / week.n)),
    resolved: points((week) => week.resolution),
  };
}

const Z_95 = 1.96;

/** The 95 % Wilson interval of a share of n, as the server draws it for the numbers. */
export function wilson(value: number, n: number): { lo: number; hi: number } {
  if (n === 0) return { lo: 0, hi: 1 };
  const z2 = Z_95 ** 2;
  const middle = (value + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z_95 / (1 + z2 / n)) * Math.sqrt((value * (1 - value)) / n + z2 / (4 * n * n));
  return { lo: Math.max(0, middle - half), hi: Math.min(1, middle + half) };
}

/** What became of the share of handoffs, from the first whole week to the last. */
export function trendTitle(dashboard: Dashboard, t: TFunction): string {
  const whole = trendOf(dashboard.weeks).escalated.filter((point) => !point.isCut);
  const [first, last] = [whole[0], whole.at(-1)];
  if (first === undefined || last === undefined || first === last) return t("titles.trend_few");
  const from = percent(first.value);
  const to = percent(last.value);
  // Within each other's interval nothing is seen that chance would not do.
  const isSame = last.value >= first.lo && last.value <= first.hi;
  const values = { from, to, week: first.week };
  if (isSame) return t("titles.trend_same", values);
  return t(last.value < first.value ? "titles.trend_fell" : "titles.trend_rose", values);
}

export type Week = Dashboard["weeks"][number] & {
  resolution: number;
  csat_after_escalation: number;
};

export function plottable(weeks: Dashboard["weeks"]): Week[] {
  return weeks.filter(
    (week): week is Week => week.resolution !== null && week.csat_after_escalation !== null,
  );
}

export function sweetSpotTitle(dashboard: Dashboard, t: TFunction): string {
  const latest = plottable(dashboard.weeks).at(-1);
  if (latest === undefined) return t("titles.sweet_few");
  const goal = dashboard.ai_resolution_rate.target;
  const csat = dashboard.csat_after_escalation.target;
  const values = {
    resolution: percent(latest.resolution),
    csat: percent(latest.csat_after_escalation),
  };
  const isLow = latest.resolution < goal.lo;
  const isUnhappy = latest.csat_after_escalation < csat.lo;
  if (isLow && isUnhappy) return t("titles.sweet_both", values);
  if (isLow) return t("titles.sweet_low", values);
  if (isUnhappy) return t("titles.sweet_unhappy", values);
  return t("titles.sweet_within", values);
}

export function timesTitle(dashboard: Dashboard, t: TFunction): string {
  const { p50_s, p90_s, n } = dashboard.time_to_accept;
  if (p50_s === null || p90_s === null || n < SAID_FROM_N) return t("titles.times_few");
  return t("titles.times", { half: duration(p50_s), most: duration(p90_s) });
}
