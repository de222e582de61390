import type { Dashboard } from "@segue/client";
import { useTranslation } from "react-i18next";
import { percent, seconds, timesTitle } from "./numbers";

/** Waiting and handling: medians and nine in ten, with and without the packet. */
export function Times({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const { time_to_accept: accept, aht_after_escalation: aht, wait } = dashboard;
  const abandoned = wait.n === 0 ? null : wait.abandoned / wait.n;
  const cells = [
    [t("times.accept"), seconds(accept.p50_s), t("times.p90", { value: seconds(accept.p90_s) })],
    [t("times.aht"), seconds(aht.p50_s), t("times.p90", { value: seconds(aht.p90_s) })],
    [
      t("times.with_packet"),
      seconds(aht.with_packet_p50_s),
      t("times.without_packet", { value: seconds(aht.without_packet_p50_s) }),
    ],
    [t("times.abandoned"), percent(abandoned), t("times.of", { n: wait.abandoned, all: wait.n })],
  ] as const;
  return (
    <section className="card plot is-wide" aria-labelledby="times-title">
      <h2 id="times-title">{timesTitle(dashboard, t)}</h2>
      <dl className="times">
        {cells.map(([name, value, more]) => (
          <div key={name}>
            <dt className="quiet">{name}</dt>
            <dd className="times-value">{value}</dd>
            <dd className="faint small">{more}</dd>
          </div>
        ))}
      </dl>
      <p className="faint small">{t("times.note", { n: aht.n })}</p>
    </section>
  );
}
