import type { Ratio } from "@segue/client";
import type { TFunction } from "i18next";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Tag, Time, type Tone } from "../../ui/marks";
import { useBehind } from "./figures-context";
import { percent, type Standing, standing } from "./numbers";

type CardProps = {
  name: string;
  ratio: Ratio;
  /** What is counted of what. */
  counted: string;
  /** The figure's id. */
  metric: string;
  /** For a rate with a band, more is not better; for the others it is. */
  isBand: boolean;
};

/** Those that count, and those that do not. */
const leads = ["hits", "misses"] as const;

const WIDTH = 240;
const BAR_Y = 14;

/** One number against its target: the band, the interval, the last period, and n. */
export function NumberCard({ name, ratio, counted, metric, isBand }: CardProps) {
  const { t } = useTranslation();
  const stands = standing(ratio);
  const nameId = useId();
  const leadTo = useBehind();
  return (
    <section className="card number-card" aria-labelledby={nameId}>
      <h2 id={nameId}>{name}</h2>
      <p className="number-value">
        {percent(ratio.value)}
        <StandingTag stands={stands} isBand={isBand} />
      </p>
      <Bar ratio={ratio} />
      <p className="small quiet">{targetText(ratio, t)}</p>
      <p className="small quiet">
        {counted}
        {ratio.lo !== null && ratio.hi !== null && (
          <> · {t("number.interval", { lo: percent(ratio.lo), hi: percent(ratio.hi) })}</>
        )}
      </p>
      {ratio.previous !== undefined && ratio.previous !== null && (
        <p className="small quiet">{t("number.previous", { value: percent(ratio.previous) })}</p>
      )}
      {ratio.is_provisional && (
        <p className="small quiet">
          {ratio.matures_at ? (
            <>
              {t("number.provisional")} <Time at={ratio.matures_at} />
            </>
          ) : (
            t("number.provisional_open")
          )}
        </p>
      )}
      <details className="small">
        <summary>{t("number.how")}</summary>
        {/* The definition as the server computes it; it has one wording. */}
        <p className="wrap" lang="en">
          {ratio.formula}
        </p>
        <p className="row">
          {leads.map((kind) => {
            const n = kind === "hits" ? ratio.numerator : ratio.denominator - ratio.numerator;
            return (
              <a key={kind} href={leadTo({ kind, key: metric })}>
                {t(`number.${kind}`, { count: n })}
              </a>
            );
          })}
        </p>
      </details>
    </section>
  );
}

function targetText(ratio: Ratio, t: TFunction): string {
  return ratio.target.hi >= 1
    ? t("number.target_from", { lo: percent(ratio.target.lo) })
    : t("number.target", { lo: percent(ratio.target.lo), hi: percent(ratio.target.hi) });
}

function StandingTag({ stands, isBand }: { stands: Standing; isBand: boolean }) {
  const { t } = useTranslation();
  const tones: Record<Standing, Tone> = {
    unknown: "neutral",
    within: "resolved",
    below: isBand ? "waiting" : "breach",
    above: isBand ? "waiting" : "resolved",
  };
  return (
    <Tag tone={tones[stands]} icon={stands === "within" ? "check" : undefined}>
      {t(`standing.${stands}`)}
    </Tag>
  );
}

function Bar({ ratio }: { ratio: Ratio }) {
  const hatch = useId();
  const x = (value: number) => Math.max(0, Math.min(1, value)) * WIDTH;
  const { value, lo, hi, target, previous } = ratio;
  return (
    <svg className="number-bar" viewBox={`0 0 ${WIDTH} 30`} aria-hidden="true">
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse">
          <path d="M0 5 5 0" className="hatch" />
        </pattern>
      </defs>
      <rect className="bar-ground" x="0" y={BAR_Y - 6} width={WIDTH} height="12" rx="3" />
      <rect
        className="bar-band"
        x={x(target.lo)}
        y={BAR_Y - 10}
        width={Math.max(3, x(target.hi) - x(target.lo))}
        height="20"
        rx="3"
      />
      {value !== null && (
        <>
          <rect className="bar-value" x="0" y={BAR_Y - 3} width={x(value)} height="6" rx="2" />
          {ratio.is_provisional && (
            <rect x="0" y={BAR_Y - 3} width={x(value)} height="6" fill={`url(#${hatch})`} />
          )}
        </>
      )}
      {lo !== null && hi !== null && (
        <path
          className="bar-interval"
          d={`M${x(lo)} ${BAR_Y - 4}v8M${x(lo)} ${BAR_Y}H${x(hi)}M${x(hi)} ${BAR_Y - 4}v8`}
        />
      )}
      {previous !== undefined && previous !== null && (
        <path className="bar-previous" d={`M${x(previous)} ${BAR_Y + 6}l4 8h-8Z`} />
      )}
    </svg>
  );
}
