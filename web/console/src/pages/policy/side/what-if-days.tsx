import type { WhatIf } from "@segue/client";
import { useTranslation } from "react-i18next";
import { percent } from "../../dashboard/numbers";
import { Plot } from "../../dashboard/plot";

const HEIGHT = 180;
const LEFT = 40;
const RIGHT = 78;
const TOP = 14;
const BOTTOM = 24;
/** Room for the name of one day. */
const TICK = 44;
/** The axis ends at a multiple of this. */
const STEP = 0.1;
/** Closer than this, two labels at the end would cover each other. */
const LABEL_GAP = 14;

type Day = { day: string; conversations: number; before: number; after: number };

/** The escalation rate by day: as it was, and as it would have been. */
export function ByDay({ report }: { report: WhatIf }) {
  const { t, i18n } = useTranslation();
  const days = report.by_day
    .filter(({ conversations }) => conversations > 0)
    .map(({ day, conversations, before, after }) => ({
      day,
      conversations,
      before: before / conversations,
      after: after / conversations,
    }));
  if (days.length === 0) return null;
  const name = (day: string) =>
    new Intl.DateTimeFormat(i18n.language, {
      day: "numeric",
      month: "short",
      timeZone: "UTC",
    }).format(new Date(`${day}T00:00:00Z`));
  const title = t("what_if.by_day");
  return (
    <Plot
      title={title}
      rows={days}
      keyOf={(day) => day.day}
      columns={[
        { name: t("what_if.day"), cell: (day) => name(day.day) },
        { name: t("plot.conversations"), isNumber: true, cell: (day) => day.conversations },
        { name: t("what_if.before"), isNumber: true, cell: (day) => percent(day.before) },
        { name: t("what_if.after"), isNumber: true, cell: (day) => percent(day.after) },
      ]}
    >
      {(width) => <Lines width={width} days={days} name={name} title={title} />}
    </Plot>
  );
}

type LinesProps = { width: number; days: Day[]; name: (day: string) => string; title: string };

function Lines({ width, days, name, title }: LinesProps) {
  const { t } = useTranslation();
  const most = Math.max(...days.flatMap(({ before, after }) => [before, after]));
  const top = Math.min(1, Math.max(STEP, Math.ceil(most / STEP) * STEP));
  const room = width - LEFT - RIGHT;
  const step = days.length > 1 ? room / (days.length - 1) : 0;
  const x = (at: number) => (days.length > 1 ? LEFT + at * step : LEFT + room / 2);
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const line = (pick: (day: Day) => number) =>
    days.map((day, at) => `${x(at)},${y(pick(day))}`).join(" ");
  const every = Math.max(1, Math.ceil(TICK / Math.max(1, step)));
  const last = days[days.length - 1];
  const ends = last === undefined ? null : apart(y(last.before), y(last.after));
  return (
    <svg className="drawing" width={width} height={HEIGHT} role="img" aria-label={title}>
      {[0, top / 2, top].map((value) => (
        <g key={value}>
          <line className="grid" x1={LEFT} x2={LEFT + room} y1={y(value)} y2={y(value)} />
          <text className="axis" x={LEFT - 6} y={y(value) + 4} textAnchor="end">
            {percent(value)}
          </text>
        </g>
      ))}
      {days.map((day, at) => (
        <line
          key={day.day}
          className="day-shift"
          x1={x(at)}
          x2={x(at)}
          y1={y(day.before)}
          y2={y(day.after)}
        />
      ))}
      <polyline className="path" points={line((day) => day.before)} />
      <polyline className="path is-after" points={line((day) => day.after)} />
      {days.map((day, at) => (
        <g key={day.day}>
          <circle className="dot" cx={x(at)} cy={y(day.before)} r="3.5" />
          <circle className="dot is-after" cx={x(at)} cy={y(day.after)} r="4">
            <title>
              {`${name(day.day)}: ${percent(day.before)} → ${percent(day.after)} · n ${day.conversations}`}
            </title>
          </circle>
          {(days.length - 1 - at) % every === 0 && (
            <text className="axis" x={x(at)} y={HEIGHT - 6} textAnchor="middle">
              {name(day.day)}
            </text>
          )}
        </g>
      ))}
      {ends !== null && (
        <>
          <text x={LEFT + room + 10} y={ends[0] + 4}>
            {t("what_if.before_short")}
          </text>
          <text className="is-strong is-after" x={LEFT + room + 10} y={ends[1] + 4}>
            {t("what_if.after_short")}
          </text>
        </>
      )}
    </svg>
  );
}

/** Two labels at their lines, moved apart where they would cover each other. */
function apart(before: number, after: number): [number, number] {
  const lack = LABEL_GAP - Math.abs(before - after);
  if (lack <= 0) return [before, after];
  const half = (before <= after ? -lack : lack) / 2;
  return [before + half, after - half];
}
