import type { Dashboard, Ratio } from "@segue/client";
import { useTranslation } from "react-i18next";
import { useBehind } from "./figures-context";
import { percent } from "./numbers";
import { Plot } from "./plot";

type Metric =
  | "sla_attainment"
  | "wait"
  | "silent_in_handoff"
  | "transfer_rate"
  | "misroute_rate"
  | "first_contact_resolution"
  | "repeat_contact"
  | "begging_rate"
  | "contained"
  | "silent_abandonment"
  | "tier_one_resolution"
  | "tier_one_escalation";

type Figure = {
  metric: Metric;
  ratio: Ratio;
  /** What is said beside it: the formula's name, how much is known. */
  more?: string;
  /** Which conversations to look at, where they can be asked for. */
  leads?: "hits" | "misses";
};

const WIDTH = 180;

/** The figures of service: each with its interval, and the conversations to look at. */
export function Service({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const leadTo = useBehind();
  const { sla_attainment: sla, repeat_contact: repeat, tier_one: tierOne } = dashboard;
  const figures: Figure[] = [
    { metric: "tier_one_resolution", ratio: tierOne.resolution },
    { metric: "tier_one_escalation", ratio: tierOne.escalation },
    { metric: "sla_attainment", ratio: sla.rate, more: sla.formula_id, leads: "misses" },
    {
      metric: "first_contact_resolution",
      ratio: dashboard.first_contact_resolution,
      leads: "misses",
    },
    {
      metric: "repeat_contact",
      ratio: repeat.rate,
      more: t("service.coverage", { share: percent(repeat.coverage) }),
      leads: "hits",
    },
    { metric: "transfer_rate", ratio: dashboard.transfer_rate, leads: "hits" },
    { metric: "misroute_rate", ratio: dashboard.misroute_rate, leads: "hits" },
    { metric: "begging_rate", ratio: dashboard.begging_rate, leads: "hits" },
    { metric: "silent_in_handoff", ratio: dashboard.silent_in_handoff, leads: "hits" },
    { metric: "silent_abandonment", ratio: dashboard.silent_abandonment, leads: "hits" },
    { metric: "contained", ratio: dashboard.contained },
  ];
  const counted = ({ metric, ratio, leads }: Figure) => {
    const n = leads === "misses" ? ratio.denominator - ratio.numerator : ratio.numerator;
    const href = leads && n > 0 ? leadTo({ kind: leads, key: metric }) : undefined;
    return href ? <a href={href}>{n}</a> : n;
  };
  return (
    <Plot
      title={t("service.title")}
      note={t("service.note")}
      isWide
      rows={figures}
      keyOf={(figure) => figure.metric}
      columns={[
        { name: t("service.figure"), cell: ({ metric }) => t(`metric.${metric}`) },
        {
          name: t("plot.share"),
          isNumber: true,
          cell: ({ ratio }) => percent(ratio.value),
          plain: ({ ratio }) => ratio.value,
        },
        {
          name: t("service.interval"),
          isNumber: true,
          cell: ({ ratio }) => range(ratio),
          plain: ({ ratio }) => (ratio.value === null ? null : `${ratio.lo} ${ratio.hi}`),
        },
        {
          name: t("service.look"),
          isNumber: true,
          cell: counted,
          plain: ({ ratio, leads }) =>
            leads === "misses" ? ratio.denominator - ratio.numerator : ratio.numerator,
        },
        { name: t("service.of"), isNumber: true, cell: ({ ratio }) => ratio.denominator },
        {
          name: t("service.before"),
          isNumber: true,
          cell: ({ ratio }) => percent(ratio.previous),
          plain: ({ ratio }) => ratio.previous,
        },
        { name: t("service.more"), cell: ({ more }) => more ?? "" },
      ]}
    >
      {() => (
        <ul className="plain service">
          {figures.map((figure) => (
            <li key={figure.metric} className={isSmall(figure.ratio) ? "is-small" : undefined}>
              <span>
                {t(`metric.${figure.metric}`)}
                {figure.more && <small className="faint cell-more">{figure.more}</small>}
              </span>
              <Whisker ratio={figure.ratio} />
              <strong>{percent(figure.ratio.value)}</strong>
              <span className="small quiet">
                {counted(figure)} / {figure.ratio.denominator}
                {figure.ratio.is_provisional && ` · ${t("service.provisional")}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Plot>
  );
}

/** From so few on a share says little. */
const SMALL_N = 30;

const isSmall = (ratio: Ratio) => ratio.denominator < SMALL_N;

function range(ratio: Ratio): string {
  if (ratio.lo === null || ratio.hi === null) return "–";
  return `${percent(ratio.lo)}–${percent(ratio.hi)}`;
}

/** The share on a line from 0 to 1 with its interval, and a tick for the last period. */
function Whisker({ ratio }: { ratio: Ratio }) {
  const x = (share: number) => share * WIDTH;
  const { value, lo, hi, previous, target } = ratio;
  const hasTarget = target.lo > 0 || target.hi < 1;
  return (
    <svg className="whisker" viewBox={`0 0 ${WIDTH} 16`} aria-hidden="true">
      <rect className="bar-ground" x="0" y="6" width={WIDTH} height="4" rx="2" />
      {hasTarget && (
        <rect
          className="bar-band"
          x={x(target.lo)}
          y="3"
          width={Math.max(2, x(target.hi - target.lo))}
          height="10"
          rx="2"
        />
      )}
      {lo !== null && hi !== null && <path className="bar-interval" d={`M${x(lo)} 8H${x(hi)}`} />}
      {previous !== null && <path className="bar-previous" d={`M${x(previous)} 11l3 5h-6Z`} />}
      {value !== null && <circle className="dot is-latest" cx={x(value)} cy="8" r="2.5" />}
    </svg>
  );
}
