import { useTranslation } from "react-i18next";
import { share } from "./numbers";
import { Plot } from "./plot";

type Step = { key: string; label: string; n: number };

const ROW = 44;

/** How many reach each step, as a share of the first. */
export function Funnel({ title, steps }: { title: string; steps: Step[] }) {
  const { t } = useTranslation();
  const first = Math.max(1, steps[0]?.n ?? 1);
  return (
    <Plot
      title={title}
      rows={steps}
      keyOf={(step) => step.key}
      columns={[
        { name: t("plot.step"), cell: (step) => step.label },
        { name: t("plot.n"), isNumber: true, cell: (step) => step.n },
        { name: t("plot.share"), isNumber: true, cell: (step) => share(step.n / first) },
      ]}
    >
      {(width) => (
        <svg
          className="drawing"
          width={width}
          height={Math.max(1, steps.length) * ROW}
          role="img"
          aria-label={title}
        >
          {steps.map((step, at) => (
            <g key={step.key} transform={`translate(0 ${at * ROW})`}>
              <text className="label" x="0" y="13">
                {step.label}
              </text>
              <text className="direct" x={width} y="13" textAnchor="end">
                {step.n} · {share(step.n / first)}
              </text>
              <rect className="bar-ground" x="0" y="20" width={width} height="14" rx="2" />
              <rect
                className="bar"
                x="0"
                y="20"
                width={Math.max(2, (step.n / first) * width)}
                height="14"
                rx="2"
              />
            </g>
          ))}
        </svg>
      )}
    </Plot>
  );
}
