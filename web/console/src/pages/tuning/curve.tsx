import type { CurvePoint, Tune } from "@segue/client";
import { useTranslation } from "react-i18next";
import { percent } from "../dashboard/numbers";
import { Plot } from "../dashboard/plot";

const HEIGHT = 190;
const LEFT = 44;
const RIGHT = 110;
const TOP = 34;
const BOTTOM = 30;
/** Room for one threshold on the axis. */
const TICK = 40;
/** The axis of wrong answers ends at a multiple of this. */
const STEP = 0.1;

/** What each threshold means: how much is answered, and how much of that is wrong. */
export function Curve({ tune, alpha }: { tune: Tune; alpha: number }) {
  const { t } = useTranslation();
  const points = [...tune.curve].sort((a, b) => a.threshold - b.threshold);
  const rows = [...tune.table].sort((a, b) => b.threshold - a.threshold);
  const threshold = tune.recommendation.threshold;
  const best = points.find((point) => point.threshold === threshold);
  const title =
    best === undefined
      ? t("curve.title")
      : t("curve.title_best", {
          threshold: best.threshold.toFixed(2),
          answered: percent(best.answered),
          upper: percent(best.upper ?? best.wrong ?? null),
        });
  return (
    <Plot
      title={title}
      note={t("curve.note")}
      rows={rows}
      keyOf={(row) => String(row.threshold)}
      columns={[
        {
          name: t("curve.threshold"),
          cell: (row) => (
            <>
              <strong>{row.threshold.toFixed(2)}</strong>
              {row.threshold === tune.accept && ` · ${t("curve.now")}`}
              {row.threshold === threshold && ` · ${t("curve.recommended")}`}
            </>
          ),
        },
        { name: t("curve.answered"), isNumber: true, cell: (row) => percent(row.answered) },
        { name: t("curve.graded"), isNumber: true, cell: (row) => row.graded },
        { name: t("curve.wrong"), isNumber: true, cell: (row) => percent(row.wrong_share ?? null) },
        { name: t("curve.upper"), isNumber: true, cell: (row) => percent(row.upper) },
        {
          name: t("curve.promised"),
          cell: (row) => (row.certified ? t("curve.yes") : t("curve.no")),
        },
        {
          name: t("curve.chats"),
          isNumber: true,
          cell: (row) =>
            row.more_chats_per_day == null ? "–" : signed(Math.round(row.more_chats_per_day)),
        },
      ]}
    >
      {(width) => (
        <svg
          className="drawing curve"
          width={width}
          height={2 * HEIGHT}
          role="img"
          aria-label={title}
        >
          <Panel
            width={width}
            points={points}
            tune={tune}
            name={t("curve.wrong_name")}
            top={ceiling(points, alpha)}
            value={(point) => point.wrong ?? null}
            upper={(point) => point.upper ?? null}
            limit={alpha}
          />
          <g transform={`translate(0 ${HEIGHT})`}>
            <Panel
              width={width}
              points={points}
              tune={tune}
              name={t("curve.answered_name")}
              top={1}
              value={(point) => point.answered}
            />
          </g>
        </svg>
      )}
    </Plot>
  );
}

function signed(n: number): string {
  return n > 0 ? `+${n}` : n < 0 ? `−${-n}` : "0";
}

/** The axis of wrong answers shows the limit and every bound. */
function ceiling(points: readonly CurvePoint[], alpha: number): number {
  const most = Math.max(alpha, ...points.map((point) => point.upper ?? point.wrong ?? 0));
  return Math.min(1, Math.ceil((most + STEP / 4) / STEP) * STEP);
}

type PanelProps = {
  width: number;
  points: readonly CurvePoint[];
  tune: Tune;
  name: string;
  top: number;
  value: (point: CurvePoint) => number | null;
  upper?: (point: CurvePoint) => number | null;
  limit?: number;
};

function Panel({ width, points, tune, name, top, value, upper, limit }: PanelProps) {
  const { t } = useTranslation();
  const low = points[0]?.threshold ?? 0;
  const high = points.at(-1)?.threshold ?? 1;
  const room = Math.max(40, width - LEFT - RIGHT);
  const x = (threshold: number) => LEFT + ((threshold - low) / Math.max(0.01, high - low)) * room;
  const y = (share: number) => TOP + (1 - share / top) * (HEIGHT - TOP - BOTTOM);
  const line = (pick: (point: CurvePoint) => number | null) =>
    points
      .flatMap((point) => {
        const at = pick(point);
        return at === null ? [] : [`${x(point.threshold)},${y(at)}`];
      })
      .join(" ");
  const every = Math.max(1, Math.ceil(TICK / (room / Math.max(1, points.length - 1))));
  const last = [...points].reverse().find((point) => value(point) !== null);
  const recommended = tune.recommendation.threshold ?? null;
  const isInside = (threshold: number) => threshold >= low && threshold <= high;
  return (
    <>
      <text className="label" x="0" y="12">
        {name}
      </text>
      {[0, top / 2, top].map((share) => (
        <g key={share}>
          <line className="grid" x1={LEFT} x2={LEFT + room} y1={y(share)} y2={y(share)} />
          <text className="axis" x={LEFT - 6} y={y(share) + 4} textAnchor="end">
            {percent(share)}
          </text>
        </g>
      ))}
      {limit !== undefined && (
        <>
          <line className="limit" x1={LEFT} x2={LEFT + room} y1={y(limit)} y2={y(limit)} />
          <text className="axis" x={LEFT + room + 8} y={y(limit) + 4}>
            {t("curve.limit", { share: percent(limit) })}
          </text>
        </>
      )}
      {isInside(tune.accept) && (
        <Mark
          x={x(tune.accept)}
          label={t("curve.now_at", { value: tune.accept.toFixed(2) })}
          isLeft={recommended !== null && recommended > tune.accept}
        />
      )}
      {recommended !== null && recommended !== tune.accept && isInside(recommended) && (
        <Mark
          x={x(recommended)}
          label={t("curve.recommended_at", { value: recommended.toFixed(2) })}
          isBest
          isLeft={recommended < tune.accept}
        />
      )}
      {upper && <polyline className="path is-upper" points={line(upper)} />}
      <polyline className="path is-value" points={line(value)} />
      {points.map((point) => {
        const at = value(point);
        if (at === null) return null;
        return (
          <circle
            key={point.threshold}
            className="dot is-latest"
            cx={x(point.threshold)}
            cy={y(at)}
            r="3"
          >
            <title>{`${point.threshold.toFixed(2)}: ${percent(at)} · n ${point.graded}`}</title>
          </circle>
        );
      })}
      {upper && last && (
        <text className="axis" x={LEFT + room + 8} y={y(upper(last) ?? 0) + 4}>
          {t("curve.bound")}
        </text>
      )}
      {points.map(
        (point, at) =>
          (points.length - 1 - at) % every === 0 && (
            <text
              key={point.threshold}
              className="axis"
              x={x(point.threshold)}
              y={HEIGHT - 10}
              textAnchor="middle"
            >
              {point.threshold.toFixed(2)}
            </text>
          ),
      )}
    </>
  );
}

type MarkProps = {
  x: number;
  label: string;
  isBest?: boolean;
  /** Whether the label stands to the left, so that it and the other's do not meet. */
  isLeft: boolean;
};

function Mark({ x, label, isBest = false, isLeft }: MarkProps) {
  return (
    <>
      <line
        className={isBest ? "mark is-best" : "mark"}
        x1={x}
        x2={x}
        y1={TOP - 4}
        y2={HEIGHT - BOTTOM}
      />
      <text
        className={isBest ? "is-strong" : "axis"}
        x={isLeft ? x - 4 : x + 4}
        y={TOP - 6}
        textAnchor={isLeft ? "end" : "start"}
      >
        {label}
      </text>
    </>
  );
}
