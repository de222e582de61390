import type { CsatSegment, Dashboard } from "@segue/client";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { percent } from "./numbers";
import { Plot } from "./plot";

const ROW = 56;
/** What a second line of text takes. */
const LINE = 16;
/** Narrower than this, name and numbers stand one under the other. */
const ONE_LINE_FROM = 420;

function nameOf(segment: CsatSegment, t: TFunction): string {
  const known: Record<string, string> = t("segment", { returnObjects: true });
  return known[segment.key] ?? segment.key;
}

/** Satisfaction by who dealt with it, and what those who did not answer could change. */
export function Segments({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const segments = dashboard.csat_segments;
  return (
    <Plot
      title={t("segments.title")}
      note={t("segments.note")}
      rows={segments}
      keyOf={(segment) => segment.key}
      columns={[
        { name: t("segments.segment"), cell: (segment) => nameOf(segment, t) },
        {
          name: t("segments.satisfied"),
          isNumber: true,
          cell: (segment) => percent(segment.csat.value),
          plain: (segment) => segment.csat.value,
        },
        { name: t("segments.ratings"), isNumber: true, cell: (it) => it.csat.denominator },
        {
          name: t("segments.response"),
          isNumber: true,
          cell: (segment) => percent(segment.response_rate),
          plain: (segment) => segment.response_rate,
        },
        {
          name: t("segments.worst"),
          isNumber: true,
          cell: (segment) => percent(segment.worst),
          plain: (segment) => segment.worst,
        },
        {
          name: t("segments.best"),
          isNumber: true,
          cell: (segment) => percent(segment.best),
          plain: (segment) => segment.best,
        },
      ]}
    >
      {(width) => {
        const row = width < ONE_LINE_FROM ? ROW + LINE : ROW;
        return (
          <svg
            className="drawing"
            width={width}
            height={segments.length * row}
            role="img"
            aria-label={t("segments.title")}
          >
            {segments.map((segment, at) => (
              <Bounds key={segment.key} segment={segment} y={at * row} width={width} />
            ))}
          </svg>
        );
      }}
    </Plot>
  );
}

function Bounds({ segment, y, width }: { segment: CsatSegment; y: number; width: number }) {
  const { t } = useTranslation();
  const x = (share: number) => share * width;
  const isNarrow = width < ONE_LINE_FROM;
  const bar = isNarrow ? 24 + LINE : 24;
  const { csat, worst, best, response_rate } = segment;
  return (
    <g transform={`translate(0 ${y})`}>
      <text className="label" x="0" y="14">
        {nameOf(segment, t)}
      </text>
      <text
        className="axis"
        x={isNarrow ? 0 : width}
        y={isNarrow ? 14 + LINE : 14}
        textAnchor={isNarrow ? "start" : "end"}
      >
        {t("segments.of", {
          value: percent(csat.value),
          n: csat.denominator,
          share: percent(response_rate),
        })}
      </text>
      <rect className="bar-ground" x="0" y={bar} width={width} height="12" rx="3" />
      {worst !== null && best !== null && (
        <rect
          className="bar-possible"
          x={x(worst)}
          y={bar}
          width={Math.max(1, x(best) - x(worst))}
          height="12"
          rx="3"
        />
      )}
      {csat.lo !== null && csat.hi !== null && (
        <path
          className="bar-interval"
          d={`M${x(csat.lo)} ${bar + 2}v8M${x(csat.lo)} ${bar + 6}H${x(csat.hi)}M${x(csat.hi)} ${bar + 2}v8`}
        />
      )}
      {csat.value !== null && (
        <circle className="dot is-latest" cx={x(csat.value)} cy={bar + 6} r="4" />
      )}
    </g>
  );
}
