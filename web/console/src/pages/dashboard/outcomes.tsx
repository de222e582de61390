import type { Dashboard, OutcomeKey } from "@segue/client";
import { useTranslation } from "react-i18next";
import { useBehind } from "./figures-context";
import { outcomesTitle, share } from "./numbers";
import { Plot } from "./plot";

const HEIGHT = 34;

/** How conversations ended, in one bar; ambiguous endings are never counted as resolved. */
export function Outcomes({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const title = outcomesTitle(dashboard, t);
  const label = (key: OutcomeKey) => t(`outcome_key.${key}`);
  return (
    <Plot
      title={title}
      isWide
      rows={dashboard.outcomes}
      keyOf={(outcome) => outcome.key}
      columns={[
        { name: t("plot.outcome"), cell: (outcome) => label(outcome.key) },
        {
          name: t("plot.n"),
          isNumber: true,
          cell: (outcome) => <Lead outcome={outcome} />,
          plain: (outcome) => outcome.n,
        },
        {
          name: t("plot.share"),
          isNumber: true,
          cell: (outcome) => share(outcome.share),
          plain: (outcome) => outcome.share,
        },
      ]}
    >
      {(width) => {
        let from = 0;
        return (
          <>
            <svg className="drawing" width={width} height={HEIGHT} role="img" aria-label={title}>
              {dashboard.outcomes.map((outcome) => {
                const x = from * width;
                from += outcome.share;
                return (
                  <rect
                    key={outcome.key}
                    className={`part part-${outcome.key}`}
                    x={x}
                    y="0"
                    width={Math.max(0, outcome.share * width - 2)}
                    height={HEIGHT}
                    rx="2"
                  />
                );
              })}
            </svg>
            <ul className="plain parts">
              {dashboard.outcomes.map((outcome) => (
                <li key={outcome.key}>
                  <svg width="10" height="10" aria-hidden="true">
                    <rect className={`part part-${outcome.key}`} width="10" height="10" rx="2" />
                  </svg>
                  {label(outcome.key)} <strong>{share(outcome.share)}</strong>{" "}
                  <span className="faint">
                    <Lead outcome={outcome} />
                  </span>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Plot>
  );
}

function Lead({ outcome }: { outcome: Dashboard["outcomes"][number] }) {
  const leadTo = useBehind();
  return <a href={leadTo({ kind: "outcome", key: outcome.key })}>{outcome.n}</a>;
}
