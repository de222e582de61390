/** Numbers and changes in words. */
import type { FailureCluster, FixEffect } from "@segue/client";
import type { TFunction } from "i18next";

const MINUTES_PER_HOUR = 60;
const SECONDS_PER_DAY = 86_400;

/** "45 min", "12 h". */
export function minutes(value: number, t: TFunction): string {
  if (value < 2 * MINUTES_PER_HOUR) return t("learn.minutes", { n: Math.round(value) });
  return t("learn.hours", { n: Math.round(value / MINUTES_PER_HOUR) });
}

export function days(seconds: number, t: TFunction): string {
  return t("learn.days", { count: Math.max(1, Math.round(seconds / SECONDS_PER_DAY)) });
}

/** "−31 %": a true minus, and a plus where it rose. */
export function signed(share: number): string {
  const percent = Math.round(share * 100);
  const sign = percent < 0 ? "\u2212" : "+";
  return `${percent === 0 ? "±" : sign}${Math.abs(percent)}\u00a0%`;
}

/** "fixed: −31 % (−48 … −9 %)", or why nothing can be said. */
export function effectText(effect: FixEffect, t: TFunction): string {
  const { change, change_min, change_max } = effect;
  if (effect.verdict === "too_early" || change === undefined) {
    return t("learn.effect.too_early", {
      count: effect.after.escalations,
      before: effect.before.escalations,
    });
  }
  return t(`learn.effect.${effect.verdict}`, {
    change: signed(change),
    min: change_min === undefined ? "−" : signed(change_min),
    max: change_max === undefined ? "∞" : signed(change_max),
  });
}

/** Whether it comes more often than in the half of the window before. */
export function trendOf(cluster: FailureCluster): "more" | "fewer" | "same" {
  const [before, after] = [cluster.n_earlier, cluster.n_later];
  // A difference that two counts of one rate make by chance is none.
  if (Math.abs(after - before) <= 2 * Math.sqrt(Math.max(1, before + after))) return "same";
  return after > before ? "more" : "fewer";
}
