import type { FailureCluster, Learning } from "@segue/client";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { DASHBOARD_DAYS, go, paths } from "../../routes";
import { Tag } from "../../ui/marks";
import { Await, Empty } from "../../ui/states";
import { Plot } from "../dashboard/plot";
import type { LearnRoute } from "./learn";
import { days, effectText, minutes, trendOf } from "./words";

const ROW = 40;
const BARS_MAX = 8;

export function Failures({ route }: { route: LearnRoute }) {
  const { t } = useTranslation();
  const { loaded, reload } = useLoad(
    () => api.learning(route.days, route.include_demo),
    [route.days, route.include_demo],
  );
  return (
    <>
      <div className="row learn-filters">
        <label>
          {t("learn.window")}{" "}
          <select
            value={route.days}
            onChange={(event) => {
              const days = DASHBOARD_DAYS.find((one) => String(one) === event.target.value);
              go(paths.learn({ ...route, days }));
            }}
          >
            {DASHBOARD_DAYS.map((one) => (
              <option key={one} value={one}>
                {t("learn.last_days", { count: one })}
              </option>
            ))}
          </select>
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={route.include_demo}
            onChange={(event) => go(paths.learn({ ...route, include_demo: event.target.checked }))}
          />
          {t("dashboard.include_demo")}
        </label>
      </div>
      <Await loaded={loaded} reload={reload} rows={6}>
        {(learning) => <Found learning={learning} route={route} />}
      </Await>
    </>
  );
}

function Found({ learning, route }: { learning: Learning; route: LearnRoute }) {
  const { t } = useTranslation();
  if (learning.clusters.length === 0) {
    return (
      <Empty icon="check" title={t("learn.empty")}>
        {t("learn.empty_body", { count: learning.single })}
      </Empty>
    );
  }
  const lost = (one: FailureCluster) => one.agent_minutes + one.wait_minutes;
  const all = learning.clusters.reduce((sum, one) => sum + lost(one), 0);
  const [first] = learning.clusters;
  const share = first === undefined || all === 0 ? 0 : Math.round((100 * lost(first)) / all);
  return (
    <>
      <Health learning={learning} />
      <Plot
        isWide
        title={
          all === 0
            ? t("learn.pareto_none")
            : t("learn.pareto", { name: first?.name, share: `${share}\u00a0%` })
        }
        note={t("learn.pareto_note")}
        rows={learning.clusters}
        keyOf={(one) => one.id}
        columns={[
          { name: t("learn.cluster"), cell: (one) => <ClusterLink route={route} cluster={one} /> },
          { name: t("learn.cases"), isNumber: true, cell: (one) => one.n },
          { name: t("learn.agent"), isNumber: true, cell: (one) => minutes(one.agent_minutes, t) },
          { name: t("learn.wait"), isNumber: true, cell: (one) => minutes(one.wait_minutes, t) },
        ]}
      >
        {(width) => <Bars width={width} clusters={learning.clusters.slice(0, BARS_MAX)} />}
      </Plot>
      <ol className="plain learn-list">
        {learning.clusters.map((one) => (
          <li key={one.id} className="card learn-row">
            <p className="learn-name">
              <ClusterLink route={route} cluster={one} />
            </p>
            <p className="small quiet">
              {t("learn.row", {
                count: one.n,
                agent: minutes(one.agent_minutes, t),
                wait: minutes(one.wait_minutes, t),
              })}
            </p>
            <p className="row">
              <Standing cluster={one} />
            </p>
          </li>
        ))}
      </ol>
      <p className="small quiet">
        {t("learn.single", { count: learning.single })}{" "}
        {learning.wordless > 0 && t("learn.wordless", { count: learning.wordless })}
      </p>
    </>
  );
}

function ClusterLink({ route, cluster }: { route: LearnRoute; cluster: FailureCluster }) {
  const { t } = useTranslation();
  return (
    <a href={paths.learn({ ...route, cluster: cluster.id })} dir="auto">
      {cluster.name || t("learn.unnamed")}
    </a>
  );
}

/** How it stands with a cluster: its trend, and what was done. */
export function Standing({ cluster }: { cluster: FailureCluster }) {
  const { t } = useTranslation();
  const trend = trendOf(cluster);
  const fixed = cluster.effect?.verdict === "fewer";
  return (
    <>
      {trend !== "same" && (
        <Tag tone={trend === "more" ? "waiting" : "resolved"}>{t(`learn.trend.${trend}`)}</Tag>
      )}
      {cluster.effect !== undefined && (
        <Tag tone={fixed ? "resolved" : "neutral"} icon={fixed ? "check" : "clock"}>
          {effectText(cluster.effect, t)}
        </Tag>
      )}
      {cluster.is_broken && (
        <Tag tone="breach" icon="warn">
          {t("learn.broken")}
        </Tag>
      )}
      {cluster.fixes.length === 0 && !cluster.is_broken && (
        <Tag tone="neutral">{t("learn.no_fix")}</Tag>
      )}
    </>
  );
}

function Health({ learning }: { learning: Learning }) {
  const { t } = useTranslation();
  const { health } = learning;
  const tagged = health.handoffs === 0 ? 0 : Math.round((100 * health.tagged) / health.handoffs);
  const items = [
    {
      key: "fixed",
      value: t("learn.of", { n: health.fixed, all: health.clusters }),
    },
    {
      key: "to_publish",
      value: health.to_publish_s === undefined ? "–" : days(health.to_publish_s, t),
    },
    { key: "broken", value: String(health.broken) },
    { key: "tagged", value: health.handoffs === 0 ? "–" : `${tagged}\u00a0%` },
  ] as const;
  return (
    <dl className="learn-health">
      {items.map(({ key, value }) => (
        <div key={key} className="card">
          <dt>{t(`learn.health.${key}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Bars({ width, clusters }: { width: number; clusters: FailureCluster[] }) {
  const { t } = useTranslation();
  const lost = (one: FailureCluster) => one.agent_minutes + one.wait_minutes;
  const most = Math.max(1, ...clusters.map(lost));
  const room = Math.max(40, width - 90);
  return (
    <svg
      className="drawing"
      width={width}
      height={clusters.length * ROW}
      role="img"
      aria-label={t("learn.pareto_note")}
    >
      {clusters.map((one, at) => {
        const agent = (one.agent_minutes / most) * room;
        const wait = (one.wait_minutes / most) * room;
        return (
          <g key={one.id} transform={`translate(0 ${at * ROW})`}>
            <text className="label" x="0" y="13">
              {one.name}
            </text>
            <rect className="bar" x="0" y="19" width={Math.max(2, agent)} height="12" rx="2" />
            <rect className="bar learn-wait" x={agent} y="19" width={wait} height="12" rx="2" />
            <text className="direct" x={agent + wait + 8} y="29">
              {minutes(lost(one), t)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
