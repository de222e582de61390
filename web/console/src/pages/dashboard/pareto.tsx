import type { Cause } from "@segue/client";
import { useTranslation } from "react-i18next";
import type { Behind, FigureFilter } from "../../routes";
import { useBehind } from "./figures-context";
import { share } from "./numbers";
import { Plot } from "./plot";

const ROW = 40;
const ROWS_MAX = 8;

type ParetoProps = {
  title: string;
  causes: Cause[];
  /** Where the conversations of a cause are to be found. */
  behind: (cause: Cause) => [Behind, FigureFilter?];
  /** By what the bars are: how often, or the minutes that agents and customers spent. */
  weight?: "n" | "minutes";
  note?: string;
};

/** Minutes of agents and of customers who waited. */
const minutesOf = (cause: Cause) => (cause.agent_minutes ?? 0) + (cause.wait_minutes ?? 0);

/** Causes by their weight, the heaviest first, with the running share. */
export function Pareto({ title, causes, behind, weight = "n", note }: ParetoProps) {
  const { t } = useTranslation();
  const leadTo = useBehind();
  // Where nobody has spent a minute yet, there is only how often.
  const isByMinutes = weight === "minutes" && causes.some((cause) => minutesOf(cause) > 0);
  const heavy = isByMinutes ? minutesOf : (cause: Cause) => cause.n;
  const all = causes.reduce((sum, cause) => sum + heavy(cause), 0);
  const sorted = [...causes].sort((a, b) => heavy(b) - heavy(a) || b.n - a.n);
  const shareOf = (cause: Cause) => (all === 0 ? 0 : heavy(cause) / all);
  return (
    <Plot
      title={title}
      note={note}
      rows={sorted}
      keyOf={(cause) => cause.key}
      columns={[
        { name: t("plot.cause"), cell: (cause) => cause.label },
        {
          name: t("plot.n"),
          isNumber: true,
          cell: (cause) => <a href={leadTo(...behind(cause))}>{cause.n}</a>,
          plain: (cause) => cause.n,
        },
        {
          name: t("plot.share"),
          isNumber: true,
          cell: (cause) => share(shareOf(cause)),
          plain: shareOf,
        },
        ...(weight === "minutes"
          ? [
              {
                name: t("plot.agent_minutes"),
                isNumber: true,
                cell: (cause: Cause) => Math.round(cause.agent_minutes ?? 0),
              },
              {
                name: t("plot.wait_minutes"),
                isNumber: true,
                cell: (cause: Cause) => Math.round(cause.wait_minutes ?? 0),
              },
            ]
          : []),
      ]}
    >
      {(width) => (
        <Bars
          width={width}
          title={title}
          bars={sorted.slice(0, ROWS_MAX).map((cause) => ({
            key: cause.key,
            label: cause.label,
            weight: heavy(cause),
            share: shareOf(cause),
            said: isByMinutes
              ? t("plot.minutes_n", { count: Math.round(heavy(cause)), n: cause.n })
              : `${cause.n} · ${share(cause.share)}`,
          }))}
        />
      )}
    </Plot>
  );
}

type Bar = {
  key: string;
  label: string;
  weight: number;
  share: number;
  said: string;
};

function Bars({ width, bars, title }: { width: number; bars: Bar[]; title: string }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...bars.map((bar) => bar.weight));
  const room = Math.max(40, width - 140);
  let running = 0;
  return (
    <svg
      className="drawing"
      width={width}
      height={Math.max(1, bars.length) * ROW}
      role="img"
      aria-label={title}
    >
      {bars.map((bar, at) => {
        running += bar.share;
        const length = (bar.weight / most) * room;
        return (
          <g key={bar.key} transform={`translate(0 ${at * ROW})`}>
            <text className="label" x="0" y="13">
              {bar.label}
            </text>
            <rect className="bar" x="0" y="19" width={Math.max(2, length)} height="12" rx="2" />
            <text className="direct" x={length + 8} y="29">
              {bar.said}
            </text>
            <text className="axis" x={width} y="13" textAnchor="end">
              {t("plot.running", { share: share(Math.min(1, running)) })}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
