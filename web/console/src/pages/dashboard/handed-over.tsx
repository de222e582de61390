import type { Dashboard } from "@segue/client";
import { useTranslation } from "react-i18next";
import { handedTitle, share } from "./numbers";
import { Examples, Plot } from "./plot";

const HEIGHT = 28;

/** Who or what had conversations handed to a person, and how that fits the escalation rate. */
export function HandedOver({ dashboard }: { dashboard: Dashboard }) {
  const { t } = useTranslation();
  const { parts, rate, without_assistant } = dashboard.handed_over;
  const label = (key: string) => t(`handed.${key}` as "handed.mandatory");
  const title = handedTitle(dashboard, t);
  return (
    <Plot
      isWide
      title={title}
      note={t("handed.note", {
        without: without_assistant,
        with: dashboard.escalation_rate.numerator,
        involved: dashboard.escalation_rate.denominator,
      })}
      rows={parts}
      keyOf={(part) => part.key}
      columns={[
        { name: t("handed.by"), cell: (part) => label(part.key) },
        {
          name: t("plot.n"),
          isNumber: true,
          cell: (part) => (
            <Examples
              label={String(part.n)}
              conversations={part.conversations}
              pick={(all) =>
                all.handed_over.parts.find((one) => one.key === part.key)?.conversations
              }
            />
          ),
        },
        { name: t("plot.share"), isNumber: true, cell: (part) => share(part.share) },
      ]}
    >
      {(width) => {
        let from = 0;
        return (
          <>
            <svg
              className="drawing"
              width={width}
              height={HEIGHT}
              role="img"
              aria-label={parts.map((part) => `${label(part.key)} ${part.n}`).join(", ")}
            >
              <rect className="bar-ground" width={width} height={HEIGHT} rx="2" />
              {parts.map((part) => {
                const length = (part.n / Math.max(1, rate.denominator)) * width;
                const x = from;
                from += length;
                return (
                  <rect
                    key={part.key}
                    className={`part part-${part.key}`}
                    x={x}
                    y="0"
                    width={Math.max(0, length - 2)}
                    height={HEIGHT}
                    rx="2"
                  />
                );
              })}
            </svg>
            <ul className="plain parts">
              {parts.map((part) => (
                <li key={part.key}>
                  <svg width="10" height="10" aria-hidden="true">
                    <rect className={`part part-${part.key}`} width="10" height="10" rx="2" />
                  </svg>
                  {label(part.key)} <strong>{part.n}</strong>{" "}
                  <span className="faint">{share(part.share)}</span>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Plot>
  );
}
