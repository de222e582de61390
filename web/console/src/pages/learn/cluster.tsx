import type { FailureClusterDetail, FixEffect } from "@segue/client";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { paths } from "../../routes";
import { Icon } from "../../ui/icon";
import { Time } from "../../ui/marks";
import { Await } from "../../ui/states";
import { Plot } from "../dashboard/plot";
import { Standing } from "./failures";
import type { LearnRoute } from "./learn";
import { effectText, minutes } from "./words";

type Props = { route: LearnRoute; cluster: string };

export function Cluster({ route, cluster }: Props) {
  const { loaded, reload } = useLoad(
    () => api.failureCluster(cluster, route.days, route.include_demo),
    [cluster, route.days, route.include_demo],
  );
  return (
    <Await loaded={loaded} reload={reload} rows={6}>
      {(detail) => <Detail detail={detail} route={route} />}
    </Await>
  );
}

function Detail({ detail, route }: { detail: FailureClusterDetail; route: LearnRoute }) {
  const { t } = useTranslation();
  const { cluster } = detail;
  return (
    <>
      <Back href={paths.learn({ ...route, cluster: undefined })} label={t("learn.all")} />
      <header className="learn-head">
        <div>
          <h2 dir="auto">{cluster.name || t("learn.unnamed")}</h2>
          <p className="quiet">
            {t("learn.row", {
              count: cluster.n,
              agent: minutes(cluster.agent_minutes, t),
              wait: minutes(cluster.wait_minutes, t),
            })}{" "}
            · {t("learn.since")} <Time at={cluster.first_at} />
          </p>
          <p className="row">
            <Standing cluster={cluster} />
          </p>
        </div>
        <a className="button accent" href={paths.learn({ ...route, propose: true })}>
          {t("learn.propose")}
        </a>
      </header>
      {cluster.effect !== undefined && <EffectPlot effect={cluster.effect} />}
      {cluster.fixes.length > 0 && (
        <section className="card stack" aria-labelledby="learn-fixes">
          <h3 id="learn-fixes">{t("learn.fixes")}</h3>
          <ul className="plain">
            {cluster.fixes.map((fix) => (
              <li key={`${fix.slug}-${fix.version}`}>
                <a
                  href={
                    fix.slug === undefined
                      ? paths.learn({ view: "instructions" })
                      : paths.learn({ view: "articles", article: fix.slug })
                  }
                >
                  {fix.title || t("learn.view.instructions")}
                </a>{" "}
                <span className="small quiet">
                  {t(`learn.kind.${fix.kind}`)}, {t("learn.version", { version: fix.version })},{" "}
                  <Time at={fix.at} />
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="learn-columns">
        <section className="card stack" aria-labelledby="learn-examples">
          <h3 id="learn-examples">{t("learn.examples")}</h3>
          <Rows rows={detail.examples} />
          {detail.failures.length > detail.examples.length && (
            <details>
              <summary>{t("learn.latest", { count: detail.failures.length })}</summary>
              <Rows rows={detail.failures} />
            </details>
          )}
        </section>
        <section className="card stack" aria-labelledby="learn-why">
          <h3 id="learn-why">{t("learn.why")}</h3>
          {cluster.root_causes.length === 0 && cluster.triggers.length === 0 ? (
            <p className="quiet">{t("learn.why_unknown")}</p>
          ) : (
            <ul className="plain">
              {cluster.root_causes.map((one) => (
                <li key={one.root_cause}>
                  {t(`root_cause.${one.root_cause}`)} <span className="quiet">{one.n}</span>
                </li>
              ))}
              {cluster.triggers.map((one) => (
                <li key={one.trigger} className="quiet">
                  {t(`trigger.${one.trigger}`)} {one.n}
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </>
  );
}

export function Back({ href, label }: { href: string; label: string }) {
  return (
    <p>
      <a className="learn-back" href={href}>
        <Icon name="back" /> {label}
      </a>
    </p>
  );
}

function Rows({ rows }: { rows: FailureClusterDetail["failures"] }) {
  const { t } = useTranslation();
  return (
    <ul className="plain learn-quotes">
      {rows.map((row) => (
        <li key={row.conversation}>
          <a href={paths.conversation(row.conversation)}>
            <q dir="auto">{row.text || t("learn.erased")}</q>
          </a>
          <span className="small quiet">
            <Time at={row.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}

const HEIGHT = 150;
const FLOOR = 118;
const TOP = 14;

/** Escalations for each 1,000 conversations, week by week, with the publication marked. */
function EffectPlot({ effect }: { effect: FixEffect }) {
  const { t } = useTranslation();
  const number = (value: number | undefined) => (value === undefined ? "–" : value.toFixed(1));
  return (
    <Plot
      isWide
      title={effectText(effect, t)}
      note={t("learn.effect_note", {
        before: number(effect.before.per_thousand),
        after: number(effect.after.per_thousand),
      })}
      rows={effect.weeks}
      keyOf={(week) => week.from}
      columns={[
        { name: t("learn.week"), cell: (week) => <Time at={week.from} /> },
        { name: t("learn.cases"), isNumber: true, cell: (week) => week.rate.escalations },
        {
          name: t("learn.conversations"),
          isNumber: true,
          cell: (week) => week.rate.conversations,
        },
        {
          name: t("learn.per_thousand"),
          isNumber: true,
          cell: (week) => number(week.rate.per_thousand),
        },
      ]}
    >
      {(width) => <Weeks width={width} effect={effect} />}
    </Plot>
  );
}

function Weeks({ width, effect }: { width: number; effect: FixEffect }) {
  const { t } = useTranslation();
  const values = effect.weeks.map((week) => week.rate.per_thousand ?? 0);
  const most = Math.max(1, ...values);
  const step = width / Math.max(1, effect.weeks.length);
  const published = Date.parse(effect.published_at);
  const before = effect.weeks.filter((week) => Date.parse(week.from) < published).length;
  const mark = before * step;
  const isLate = mark > width / 2;
  return (
    <svg
      className="drawing"
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={effectText(effect, t)}
    >
      {effect.weeks.map((week, at) => {
        const value = values[at] ?? 0;
        const height = (value / most) * (FLOOR - TOP);
        const isAfter = at >= before;
        return (
          <g key={week.from}>
            <rect
              className={isAfter ? "bar" : "bar learn-wait"}
              x={at * step + 3}
              y={FLOOR - height}
              width={Math.max(2, step - 6)}
              height={height}
              rx="2"
            />
            {step > 34 && (
              <text className="axis" x={at * step + step / 2} y={FLOOR + 14} textAnchor="middle">
                {value.toFixed(value < 10 ? 1 : 0)}
              </text>
            )}
          </g>
        );
      })}
      <line className="learn-mark" x1={mark} x2={mark} y1="0" y2={FLOOR} />
      <text
        className="direct"
        x={isLate ? mark - 6 : mark + 6}
        y="11"
        textAnchor={isLate ? "end" : "start"}
      >
        {t("learn.published")}
      </text>
      <line className="learn-floor" x1="0" x2={width} y1={FLOOR} y2={FLOOR} />
    </svg>
  );
}
