import type { Cause, Dashboard } from "@segue/client";
import { useTranslation } from "react-i18next";
import { share } from "./numbers";
import { Examples, Plot } from "./plot";

const ROW = 40;
const ROWS_MAX = 8;

/** Causes by how often, the most frequent first, with the running share. */
export function Pareto({
  title,
  causes,
  pick,
}: {
  title: string;
  causes: Cause[];
  /** Where they stand among the figures. */
  pick: (dashboard: Dashboard) => Cause[];
}) {
  const { t } = useTranslation();
  const sorted = [...causes].sort((a, b) => b.n - a.n);
  return (
    <Plot
      title={title}
      rows={sorted}
      keyOf={(cause) => cause.key}
      columns={[
        { name: t("plot.cause"), cell: (cause) => cause.label },
        {
          name: t("plot.n"),
          isNumber: true,
          cell: (cause) => (
            <Examples
              label={String(cause.n)}
              conversations={cause.conversations}
              pick={(all) => pick(all).find((one) => one.key === cause.key)?.conversations}
            />
          ),
        },
        { name: t("plot.share"), isNumber: true, cell: (cause) => share(cause.share) },
      ]}
    >
      {(width) => <Bars width={width} causes={sorted.slice(0, ROWS_MAX)} title={title} />}
    </Plot>
  );
}

function Bars({ width, causes, title }: { width: number; causes: Cause[]; title: string }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...causes.map((cause) => cause.n));
  const room = Math.max(40, width - 120);
  let running = 0;
  return (
    <svg
      className="drawing"
      width={width}
      height={Math.max(1, causes.length) * ROW}
      role="img"
      aria-label={title}
    >
      {causes.map((cause, at) => {
        running += cause.share;
        const length = (cause.n / most) * room;
        return (
          <g key={cause.key} transform={`translate(0 ${at * ROW})`}>
            <text className="label" x="0" y="13">
              {cause.label}
            </text>
            <rect className="bar" x="0" y="19" width={Math.max(2, length)} height="12" rx="2" />
            <text className="direct" x={length + 8} y="29">
              {cause.n} · {share(cause.share)}
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
