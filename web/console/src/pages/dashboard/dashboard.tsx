import "./dashboard.css";
import type { Dashboard as Data, Dimension, Ratio } from "@segue/client";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { useLive, useLiveStore } from "../../live/hooks";
import {
  BY_DEFAULT,
  DASHBOARD_DAYS,
  DAYS_BY_DEFAULT,
  type DashboardDays,
  type FigureFilter,
  go,
  paths,
  type Behind as Wanted,
} from "../../routes";
import { PageFrame } from "../../shell/shell";
import { Button } from "../../ui/button";
import { Time } from "../../ui/marks";
import { Await, Empty } from "../../ui/states";
import { Behind } from "./behind";
import { Breakdown } from "./breakdown";
import { Cost } from "./cost";
import { type FigureScope, ScopeContext } from "./figures-context";
import { Filters } from "./filters";
import { Found } from "./found";
import { Funnel } from "./funnel";
import { HandedOver } from "./handed-over";
import { Heat } from "./heat";
import { Imported } from "./imported";
import { NumberCard } from "./number-card";
import { funnelTitle, inLanguage, paretoTitle, percent } from "./numbers";
import { Outcomes } from "./outcomes";
import { Pareto } from "./pareto";
import { WholeContext } from "./plot";
import { RuleTiming } from "./rule-timing";
import { Segments } from "./segments";
import { Service } from "./service";
import { SweetSpot } from "./sweet-spot";
import { Times } from "./times";
import { Trend } from "./trend";

/** The most conversations that the server leads on to from one figure. */
const SHOWN_MAX = 1000;

type Props = {
  days: DashboardDays;
  includeDemo: boolean;
  filter?: FigureFilter;
  by?: Dimension;
  /** The number whose conversations are looked at. */
  behind?: Wanted;
};

const EVERYTHING: FigureFilter = {};

export default function Dashboard(props: Props) {
  const { days, includeDemo, filter = EVERYTHING, by = BY_DEFAULT, behind } = props;
  const { t } = useTranslation();
  const scope = { days, includeDemo, filter, by };
  const at = (more: Partial<typeof scope>) => {
    const next = { ...scope, ...more };
    return paths.dashboard(next.days, next.includeDemo, { filter: next.filter, by, behind });
  };
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
                href={at({ days: one })}
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
              onChange={(event) => go(at({ includeDemo: event.target.checked }))}
            />
            {t("dashboard.include_demo")}
          </label>
          <Button tone="quiet" onClick={() => window.print()}>
            {t("dashboard.print")}
          </Button>
        </>
      }
    >
      <ScopeContext value={scope}>
        <Filters scope={scope} />
        {behind ? <Behind scope={scope} behind={behind} /> : <Figures scope={scope} />}
      </ScopeContext>
    </PageFrame>
  );
}

function Figures({ scope }: { scope: FigureScope }) {
  const { days, includeDemo, filter } = scope;
  const store = useLiveStore();
  const isWhole = Object.keys(filter).length === 0;
  const asked = JSON.stringify(filter);
  const { loaded, reload } = useLoad(
    () => api.dashboard(days, includeDemo, filter),
    [days, includeDemo, asked],
  );
  // The live one covers the usual period and all conversations; others load once.
  const isLive = isWhole && days === DAYS_BY_DEFAULT;
  useEffect(
    () => (isLive ? store.followDashboard(includeDemo) : undefined),
    [store, isLive, includeDemo],
  );
  const pushed = useLive((state) => state.dashboard);
  const usable = isLive && pushed?.include_demo === includeDemo ? pushed : null;
  return (
    <Await loaded={loaded} reload={reload} rows={8}>
      {(data) => (
        <WholeContext value={() => api.dashboard(days, includeDemo, filter, SHOWN_MAX)}>
          <Numbers dashboard={usable ?? data} scope={scope} />
        </WholeContext>
      )}
    </Await>
  );
}

type NumbersProps = { dashboard: Data; scope: FigureScope };

function Numbers({ dashboard, scope }: NumbersProps) {
  const { t } = useTranslation();
  const imported = dashboard.imported?.sources ?? [];
  return (
    <>
      {dashboard.rebuild && <Rebuilding {...dashboard.rebuild} />}
      {dashboard.conversations === 0 ? (
        <Empty icon="chart" title={t("dashboard.empty")}>
          {t("dashboard.empty_body")}
        </Empty>
      ) : (
        <Plots dashboard={inLanguage(dashboard, t)} scope={scope} />
      )}
      {imported.length > 0 && <Imported sources={imported} />}
      <p className="faint small">
        {t("dashboard.as_of")} <Time at={dashboard.as_of} />
      </p>
    </>
  );
}

type Counted = "number.of_involved" | "number.of_handoffs" | "number.of_ratings";

/** The log is being read anew: what is shown is a part of it. */
function Rebuilding({ read_up_to, end }: { read_up_to: number; end: number }) {
  const { t } = useTranslation();
  const part = end === 0 ? 0 : Math.min(1, read_up_to / end);
  return (
    <p className="demo-note" role="status">
      {t("dashboard.rebuilding", { share: percent(part) })}{" "}
      <progress value={part} aria-label={t("dashboard.rebuild")} />
    </p>
  );
}

function Plots({ dashboard, scope }: NumbersProps) {
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
          metric="escalation_rate"
          isBand
        />
        <NumberCard
          name={t("number.resolution")}
          ratio={dashboard.ai_resolution_rate}
          counted={counted("number.of_involved", dashboard.ai_resolution_rate)}
          metric="ai_resolution_rate"
          isBand
        />
        <NumberCard
          name={t("number.retention")}
          ratio={dashboard.context_retention}
          counted={counted("number.of_handoffs", dashboard.context_retention)}
          metric="context_retention"
          isBand={false}
        />
        <NumberCard
          name={t("number.csat")}
          ratio={dashboard.csat_after_escalation}
          counted={counted("number.of_ratings", dashboard.csat_after_escalation)}
          metric="csat_after_escalation"
          isBand={false}
        />
      </div>
      <p className="quiet">
        {t("dashboard.csat_assistant", {
          value: percent(dashboard.csat_assistant.value),
          count: dashboard.csat_assistant.denominator,
        })}
      </p>
      {Object.keys(scope.filter).length === 0 && <Found />}
      <div className="plots">
        <HandedOver dashboard={dashboard} />
        <SweetSpot dashboard={dashboard} />
        <Funnel title={funnelTitle(dashboard, t)} steps={dashboard.funnel} />
        <Trend dashboard={dashboard} />
        <Outcomes dashboard={dashboard} />
        <Pareto
          title={paretoTitle("trigger", dashboard.by_trigger, t)}
          causes={dashboard.by_trigger}
          behind={(cause) => [{ kind: "all", key: "" }, { trigger: cause.key }]}
        />
        <Pareto
          title={paretoTitle("root_cause", dashboard.by_root_cause, t)}
          causes={dashboard.by_root_cause}
          weight="minutes"
          note={t("plot.minutes_note")}
          behind={(cause) => [{ kind: "root_cause", key: cause.key }]}
        />
        <Times dashboard={dashboard} />
        <Pareto
          title={t("titles.queues")}
          causes={dashboard.by_queue}
          behind={(cause) => [{ kind: "all", key: "" }, { queue: cause.key }]}
        />
        <Funnel
          title={t("titles.retention")}
          steps={dashboard.retention_funnel.map((step) => ({
            ...step,
            label: t(`retention.${step.key}`),
          }))}
        />
        <Heat heat={dashboard.heat} />
        <Segments dashboard={dashboard} />
        <Cost dashboard={dashboard} />
        <Service dashboard={dashboard} />
        <RuleTiming timings={dashboard.rule_timing} />
        <Breakdown scope={scope} />
      </div>
    </>
  );
}
