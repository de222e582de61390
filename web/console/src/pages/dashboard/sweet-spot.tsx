import type { Dashboard } from "@segue/client";
import { useTranslation } from "react-i18next";
import { percent, plottable, sweetSpotTitle, type Week } from "./numbers";
import { Plot } from "./plot";

const HEIGHT = 300;
const LEFT = 44;
const BOTTOM = 40;
const TOP = 28;
const RIGHT = 16;
/** Room for the name of a week. */
const LABEL = 104;
/** Both axes show this part of the scale; what lies outside stands on the edge. */
const X_FROM = 0.4;
const Y_FROM = 0.7;

/** Resolution against satisfaction after a person: the target box, one dot a week. */
export function SweetSpot({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const weeks = plottable(dashboard.weeks);
  return (
    <Plot
      title={sweetSpotTitle(dashboard, t)}
      note={t("plot.sweet_note")}
      rows={dashboard.weeks}
      keyOf={(week) => week.week}
      columns={[
        { name: t("plot.week"), cell: (week) => week.week },
        { name: t("plot.resolution"), isNumber: true, cell: (week) => percent(week.resolution) },
        {
          name: t("plot.csat"),
          isNumber: true,
          cell: (week) => percent(week.csat_after_escalation),
        },
        { name: t("plot.conversations"), isNumber: true, cell: (week) => week.n },
        { name: t("plot.escalated"), isNumber: true, cell: (week) => week.n_escalated },
      ]}
    >
      {(width) => <Drawing width={width} weeks={weeks} dashboard={dashboard} />}
    </Plot>
  );
}

type DrawingProps = { width: number; weeks: Week[]; dashboard: Dashboard };

function Drawing({ width, weeks, dashboard }: DrawingProps) {
  const { t } = useTranslation();
  const scale = (from: number, value: number) =>
    Math.max(0, Math.min(1, (value - from) / (1 - from)));
  const x = (value: number) => LEFT + scale(X_FROM, value) * (width - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - scale(Y_FROM, value) * (HEIGHT - BOTTOM - TOP);
  const goal = dashboard.ai_resolution_rate.target;
  const csat = dashboard.csat_after_escalation.target;
  const latest = weeks.at(-1);
  const line = weeks.map((w) => `${x(w.resolution)},${y(w.csat_after_escalation)}`).join(" ");
  return (
    <svg
      className="drawing"
      width={width}
      height={HEIGHT}
      role="img"
      aria-label={sweetSpotTitle(dashboard, t)}
    >
      <rect
        className="target-box"
        x={x(goal.lo)}
        y={y(csat.hi)}
        width={x(goal.hi) - x(goal.lo)}
        height={y(csat.lo) - y(csat.hi)}
      />
      <text className="direct" x={x(goal.lo) + 6} y={y(csat.lo) - 6}>
        {t("plot.target")}
      </text>
      {[0.7, 0.8, 0.9, 1].map((value) => (
        <g key={value}>
          <line className="grid" x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} />
          <text className="axis" x={LEFT - 8} y={y(value) + 4} textAnchor="end">
            {percent(value)}
          </text>
        </g>
      ))}
      {[0.4, 0.6, 0.8, 1].map((value) => (
        <text
          key={value}
          className="axis"
          x={x(value)}
          y={HEIGHT - BOTTOM + 16}
          textAnchor={value === 1 ? "end" : "middle"}
        >
          {percent(value)}
        </text>
      ))}
      <text className="axis" x={(width + LEFT) / 2} y={HEIGHT - 4} textAnchor="middle">
        {t("plot.resolution_axis")}
      </text>
      <text className="axis" x="0" y="12">
        {t("plot.csat_axis")}
      </text>
      <polyline className="path" points={line} />
      {weeks.map((week) => (
        <circle
          key={week.week}
          className={week === latest ? "dot is-latest" : "dot"}
          cx={x(week.resolution)}
          cy={y(week.csat_after_escalation)}
          r={week === latest ? 6 : 4}
        >
          <title>{`${week.week}: ${percent(week.resolution)} · ${percent(week.csat_after_escalation)} · n ${week.n}`}</title>
        </circle>
      ))}
      {latest && (
        <text
          className="direct is-strong"
          x={Math.min(width - RIGHT - LABEL, x(latest.resolution))}
          y={y(latest.csat_after_escalation) + 22}
        >
          {t("plot.week_n", { week: latest.week, n: latest.n })}
        </text>
      )}
    </svg>
  );
}
