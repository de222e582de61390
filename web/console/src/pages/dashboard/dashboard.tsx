import "./dashboard.css";
import type { Dashboard as Data, Ratio } from "@segue/client";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { useLive, useLiveStore } from "../../live/hooks";
import { DASHBOARD_DAYS, DAYS_BY_DEFAULT, type DashboardDays, go, paths } from "../../routes";
import { PageFrame } from "../../shell/shell";
import { Time } from "../../ui/marks";
import { Await, Empty } from "../../ui/states";
import { Funnel } from "./funnel";
import { HandedOver } from "./handed-over";
import { Heat } from "./heat";
import { Imported } from "./imported";
import { NumberCard } from "./number-card";
import { funnelTitle, inLanguage, paretoTitle, percent } from "./numbers";
import { Outcomes } from "./outcomes";
import { Pareto } from "./pareto";
import { WholeContext } from "./plot";
import { SweetSpot } from "./sweet-spot";
import { Times } from "./times";
import { Trend } from "./trend";

/** The most conversations that the server leads on to from one figure. */
const SHOWN_MAX = 1000;

type Props = { days: DashboardDays; includeDemo: boolean };

export default function Dashboard({ days, includeDemo }: Props) {
  const { t } = useTranslation();
  const store = useLiveStore();
  const { loaded, reload } = useLoad(() => api.dashboard(days, includeDemo), [days, includeDemo]);
  // The live one covers the usual period; for others the page loads once.
  const isLive = days === DAYS_BY_DEFAULT;
  useEffect(
    () => (isLive ? store.followDashboard(includeDemo) : undefined),
    [store, isLive, includeDemo],
  );
  const pushed = useLive((state) => state.dashboard);
  const usable = isLive && pushed?.include_demo === includeDemo ? pushed : null;
  return (
    <PageFrame
      title={t("rail.dashboard")}
      lead={t("dashboard.lead", { count: days })}
      actions={
        <>
          <nav className="tabs" aria-label={t("dashboard.period")}>
            {DASHBOARD_DAYS.map((one) => (
              <a
                key={one}
                href={paths.dashboard(one, includeDemo)}
                aria-current={one === days ? "page" : undefined}
              >
                {t("dashboard.days", { count: one })}
              </a>
            ))}
          </nav>
          <label className="check">
            <input
              type="checkbox"
              checked={includeDemo}
              onChange={(event) => go(paths.dashboard(days, event.target.checked))}
            />
            {t("dashboard.include_demo")}
          </label>
        </>
      }
    >
      <Await loaded={loaded} reload={reload} rows={8}>
        {(data) => (
          <WholeContext value={() => api.dashboard(days, includeDemo, SHOWN_MAX)}>
            <Numbers dashboard={usable ?? data} />
          </WholeContext>
        )}
      </Await>
    </PageFrame>
  );
}

function Numbers({ dashboard }: { dashboard: Data }) {
  const { t } = useTranslation();
  const imported = dashboard.imported?.sources ?? [];
  return (
    <>
      {dashboard.conversations === 0 ? (
        <Empty icon="chart" title={t("dashboard.empty")}>
          {t("dashboard.empty_body")}
        </Empty>
      ) : (
        <Plots dashboard={inLanguage(dashboard, t)} />
      )}
      {imported.length > 0 && <Imported sources={imported} />}
      <p className="faint small">
        {t("dashboard.as_of")} <Time at={dashboard.as_of} />
      </p>
    </>
  );
}

type Counted = "number.of_involved" | "number.of_handoffs" | "number.of_ratings";

function Plots({ dashboard }: { dashboard: Data }) {
  const { t } = useTranslation();
  const counted = (key: Counted, { numerator, denominator }: Ratio) =>
    t(key, { numerator, denominator });
  return (
    <>
      {dashboard.include_demo && dashboard.demo_share > 0 && (
        <p className="demo-note">
          {t("dashboard.demo_note", { share: percent(dashboard.demo_share) })}
        </p>
      )}
      <div className="number-cards">
        <NumberCard
          name={t("number.escalation")}
          ratio={dashboard.escalation_rate}
          counted={counted("number.of_involved", dashboard.escalation_rate)}
          pick={(all) => all.escalation_rate}
          isBand
        />
        <NumberCard
          name={t("number.resolution")}
          ratio={dashboard.ai_resolution_rate}
          counted={counted("number.of_involved", dashboard.ai_resolution_rate)}
          pick={(all) => all.ai_resolution_rate}
          isBand
        />
        <NumberCard
          name={t("number.retention")}
          ratio={dashboard.context_retention}
          counted={counted("number.of_handoffs", dashboard.context_retention)}
          pick={(all) => all.context_retention}
          isBand={false}
        />
        <NumberCard
          name={t("number.csat")}
          ratio={dashboard.csat_after_escalation}
          counted={counted("number.of_ratings", dashboard.csat_after_escalation)}
          pick={(all) => all.csat_after_escalation}
          isBand={false}
        />
      </div>
      <p className="quiet">
        {t("dashboard.csat_assistant", {
          value: percent(dashboard.csat_assistant.value),
          count: dashboard.csat_assistant.denominator,
        })}
      </p>
      <div className="plots">
        <HandedOver dashboard={dashboard} />
        <SweetSpot dashboard={dashboard} />
        <Funnel title={funnelTitle(dashboard, t)} steps={dashboard.funnel} />
        <Trend dashboard={dashboard} />
        <Outcomes dashboard={dashboard} />
        <Pareto
          title={paretoTitle("trigger", dashboard.by_trigger, t)}
          causes={dashboard.by_trigger}
          pick={(all) => all.by_trigger}
        />
        <Pareto
          title={paretoTitle("root_cause", dashboard.by_root_cause, t)}
          causes={dashboard.by_root_cause}
          pick={(all) => all.by_root_cause}
        />
        <Times dashboard={dashboard} />
        <Pareto
          title={t("titles.queues")}
          causes={dashboard.by_queue}
          pick={(all) => all.by_queue}
        />
        <Funnel
          title={t("titles.retention")}
          steps={dashboard.retention_funnel.map((step) => ({
            ...step,
            label: t(`retention.${step.key}`),
          }))}
        />
        <Heat heat={dashboard.heat} />
      </div>
    </>
  );
}
