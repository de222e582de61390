import type { SignalRead, Trace } from "@segue/client";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";

/** A verdict's whole reasoning: rules tried, signals, what failed, what nearly fired. */
export function TraceView({ trace, rule }: { trace: Trace; rule: string }) {
  const { t } = useTranslation();
  return (
    <div className="trace">
      <p className="faint">
        {t("trace.policy", { policy: trace.policy })} · {t("packet.rule")} <code>{rule}</code>
      </p>
      {trace.failures.length > 0 && (
        <ul className="trace-failures plain">
          {trace.failures.map((failure) => (
            <li key={failure}>
              <Icon name="warn" size={12} /> {failure}
            </li>
          ))}
        </ul>
      )}
      <p className="trace-title">{t("trace.rules")}</p>
      <ul className="plain">
        {trace.rules.map((tried) => (
          <li key={tried.rule}>
            <code>{tried.rule}</code>{" "}
            <strong>{tried.fired ? t("trace.fired") : t("trace.not_fired")}</strong>
            {tried.because.map((because) => (
              <span key={because} className="quiet">
                {" "}
                · {because}
              </span>
            ))}
          </li>
        ))}
      </ul>
      <p className="trace-title">{t("trace.signals")}</p>
      <SignalList signals={trace.signals} />
      {trace.near_misses.length > 0 && (
        <>
          <p className="trace-title">{t("trace.near_misses")}</p>
          <ul className="plain">
            {trace.near_misses.map((miss) => (
              <li key={`${miss.rule}-${miss.condition}`}>
                <code>{miss.rule}</code>{" "}
                <span className="quiet">
                  {t("trace.near_miss", {
                    condition: miss.condition,
                    value: show(miss.value),
                    threshold: show(miss.threshold),
                    missed_by: show(miss.missed_by),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

export function SignalList({ signals }: { signals: readonly SignalRead[] }) {
  const { t } = useTranslation();
  if (signals.length === 0) return <p className="faint">{t("trace.no_signals")}</p>;
  return (
    <ul className="plain signals">
      {signals.map((signal, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a signal may be measured twice; the list never moves
        <li key={`${signal.signal}-${at}`}>
          <code>{signal.signal}</code> <strong>{show(signal.value)}</strong>
          {signal.evidence.map((evidence) => (
            <span key={`${evidence.turn}-${evidence.start}-${evidence.what}`} className="quiet">
              {" "}
              · t{evidence.turn} {evidence.quote ? `“${evidence.quote}”` : evidence.what}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function show(value: SignalRead["value"]): string {
  if (value === null) return "—";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toFixed(2);
  return String(value);
}
