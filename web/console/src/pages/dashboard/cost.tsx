import type { Dashboard } from "@segue/client";
import { useTranslation } from "react-i18next";
import { duration } from "../../lib/time";

/** What it costs and saves, at rates that are said. */
export function Cost({ dashboard }: { dashboard: Dashboard }) {
  const { t, i18n } = useTranslation();
  const { cost, requests_per_handoff: requests, sign_to_handoff: sign } = dashboard;
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 2 });
  const say = (value: number | null) => (value === null ? "–" : number.format(value));
  const minutes = (value: number | null) => (value === null ? "–" : duration(value * 60));
  const cells = [
    [t("cost.per_conversation"), say(cost.per_conversation), t("cost.model_and_agents")],
    [
      t("cost.per_escalated"),
      say(cost.per_escalated),
      t("cost.agents_worked", { time: minutes(cost.agent_minutes) }),
    ],
    [t("cost.saved"), minutes(cost.minutes_saved), t("cost.worth", { value: say(cost.saved) })],
    [t("cost.net"), say(cost.net), t("cost.after_model", { value: say(cost.model) })],
    [
      t("cost.requests"),
      say(requests.mean),
      t("cost.requests_target", { target: say(requests.target), count: requests.n }),
    ],
    [
      t("cost.sign"),
      sign.turns_p50 === null ? "–" : t("cost.turns", { count: sign.turns_p50 }),
      sign.p90_s === null || sign.turns_p90 === null
        ? t("cost.no_sign")
        : t("cost.sign_p90", { count: sign.turns_p90, time: duration(sign.p90_s) }),
    ],
  ] as const;
  return (
    <section className="card plot" aria-labelledby="cost-title">
      <h2 id="cost-title">{t("cost.title")}</h2>
      <dl className="times">
        {cells.map(([name, value, more]) => (
          <div key={name}>
            <dt className="quiet">{name}</dt>
            <dd className="times-value">{value}</dd>
            <dd className="faint small">{more}</dd>
          </div>
        ))}
      </dl>
      <p className="faint small">
        {t("cost.note", {
          minute: number.format(cost.agent_minute_cost),
          million: number.format(cost.tokens_million_cost),
        })}
      </p>
    </section>
  );
}
