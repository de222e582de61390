import type { Dashboard, Ratio } from "@segue/client";
import { useTranslation } from "react-i18next";
import { percent, type TrendPoint, trendOf, trendTitle } from "./numbers";
import { Plot } from "./plot";

const HEIGHT = 210;
const LEFT = 40;
const RIGHT = 44;
const TOP = 26;
const BOTTOM = 36;
const GAP = 24;
/** Narrower than this the two panels stand one under the other. */
const SIDE_BY_SIDE_FROM = 640;
/** Room for the name of one week. */
const TICK = 36;

/** Week by week: handoffs and resolution, each against its target, with n and interval. */
export function Trend({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const { escalated, resolved } = trendOf(dashboard.weeks);
  const title = trendTitle(dashboard, t);
  return (
    <Plot
      title={title}
      note={t("plot.trend_note")}
      isWide
      rows={dashboard.weeks}
      keyOf={(week) => week.week}
      columns={[
        { name: t("plot.week"), cell: (week) => week.week },
        { name: t("plot.conversations"), isNumber: true, cell: (week) => week.n },
        { name: t("plot.escalated"), isNumber: true, cell: (week) => week.n_escalated },
        {
          name: t("plot.share"),
          isNumber: true,
          cell: (week) => percent(escalated.find((it) => it.week === week.week)?.value ?? null),
        },
        { name: t("plot.resolution"), isNumber: true, cell: (week) => percent(week.resolution) },
      ]}
    >
      {(width) => {
        const isWide = width >= SIDE_BY_SIDE_FROM;
        const panel = isWide ? (width - GAP) / 2 : width;
        const second = isWide ? `translate(${panel + GAP} 0)` : `translate(0 ${HEIGHT})`;
        return (
          <svg
            className="drawing"
            width={width}
            height={isWide ? HEIGHT : 2 * HEIGHT}
            role="img"
            aria-label={title}
          >
            <Panel
              name={t("plot.escalated")}
              width={panel}
              points={escalated}
              target={dashboard.escalation_rate.target}
            />
            <g transform={second}>
              <Panel
                name={t("plot.resolution")}
                width={panel}
                points={resolved}
                target={dashboard.ai_resolution_rate.target}
              />
            </g>
          </svg>
        );
      }}
    </Plot>
  );
}

type PanelProps = {
  name: string;
  width: number;
  points: readonly TrendPoint[];
  target: Ratio["target"];
};

function Panel({ name, width, points, target }: PanelProps) {
  const { t } = useTranslation();
  const room = width - LEFT - RIGHT;
  const step = points.length > 1 ? room / (points.length - 1) : 0;
  const x = (at: number) => (points.length > 1 ? LEFT + at * step : LEFT + room / 2);
  const y = (value: number) => TOP + (1 - value) * (HEIGHT - TOP - BOTTOM);
  const every = Math.max(1, Math.ceil(TICK / Math.max(1, step)));
  const line = points.map((point, at) => `${x(at)},${y(point.value)}`).join(" ");
  return (
    <>
      <text className="label" x="0" y="12">
        {name}
      </text>
      <rect
        className="target-box"
        x={LEFT}
        y={y(target.hi)}
        width={room}
        height={y(target.lo) - y(target.hi)}
      />
      <text className="axis" x={width} y={y((target.lo + target.hi) / 2) + 4} textAnchor="end">
        {t("plot.target")}
      </text>
      {[0, 0.5, 1].map((value) => (
        <g key={value}>
          <line className="grid" x1={LEFT} x2={LEFT + room} y1={y(value)} y2={y(value)} />
          <text className="axis" x={LEFT - 6} y={y(value) + 4} textAnchor="end">
            {percent(value)}
          </text>
        </g>
      ))}
      <polyline className="path" points={line} />
      {points.map((point, at) => (
        <g key={point.week}>
          <line className="bar-interval" x1={x(at)} x2={x(at)} y1={y(point.hi)} y2={y(point.lo)} />
          <circle
            className={point.isCut ? "dot" : "dot is-latest"}
            cx={x(at)}
            cy={y(point.value)}
            r="4"
          >
            <title>{`${point.week}: ${percent(point.value)} · n ${point.n}`}</title>
          </circle>
          {(points.length - 1 - at) % every === 0 && (
            <text className="axis" x={x(at)} y={HEIGHT - 20} textAnchor="middle">
              {point.week.slice(-3)}
              <tspan x={x(at)} dy="14">
                n {point.n}
              </tspan>
            </text>
          )}
        </g>
      ))}
    </>
  );
}
