import type { Evidence, Explanation, SignalRead, TurnExplained, VerdictItem } from "@segue/client";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { verdictWord } from "../../lib/words";
import { Icon } from "../../ui/icon";
import { Skeleton } from "../../ui/states";
import { TraceView } from "../packet/trace";

type Props = { conversation: string; item: VerdictItem };

/**
 * Why a verdict came about: what fired, what nearly did and by how much, what failed. Where
 * the server has no explanation, e.g. of a policy that is gone, the trace itself.
 */
export function Explained({ conversation, item }: Props) {
  const { loaded } = useLoad(
    () => api.explainTurn(conversation, item.turn),
    [conversation, item.turn],
  );
  if (loaded.status === "loading") return <Skeleton rows={2} />;
  const found =
    loaded.status === "ready"
      ? loaded.data.find((one) => one.on_answer === Boolean(item.on_answer))
      : undefined;
  if (found === undefined) return <TraceView trace={item.trace} rule={item.rule} />;
  return <ExplanationView explained={found} quotes={quotesOf(item)} />;
}

type Quotes = ReadonlyMap<string, string>;

/** The explanation names places; the words there are in the trace. */
function quotesOf({ trace }: VerdictItem): Quotes {
  const found = trace.signals.flatMap(({ evidence }) => evidence);
  return new Map(found.flatMap((one) => (one.quote ? [[placeKey(one), one.quote] as const] : [])));
}

function placeKey({ turn, start, end }: Evidence): string {
  return `${turn}-${start}-${end}`;
}

type ViewProps = { explained: TurnExplained; quotes: Quotes };

function ExplanationView({ explained, quotes }: ViewProps) {
  const { t } = useTranslation();
  const { explanation, shadow } = explained;
  return (
    <div className="trace explained">
      <p className="faint">
        {t("trace.policy", { policy: explanation.policy })} · {t("packet.rule")}{" "}
        <code>{explanation.rule}</code> · {t("explained.tried", { count: explanation.rules_tried })}
      </p>
      {explanation.failed.length > 0 && (
        <ul className="trace-failures plain">
          {explanation.failed.map((failure) => (
            <li key={failure}>
              <Icon name="warn" size={12} /> <span lang="en">{failure}</span>
            </li>
          ))}
        </ul>
      )}
      <Fired explanation={explanation} />
      <Nearly explanation={explanation} />
      <Signals explanation={explanation} quotes={quotes} />
      {explanation.absent.length > 0 && (
        <p className="quiet">
          {t("explained.absent")} <code>{explanation.absent.join(", ")}</code>
        </p>
      )}
      {shadow && (
        <p className="shadow-verdict">
          <Icon name="policy" size={12} />
          {t("explained.shadow", { policy: shadow.policy })}{" "}
          <strong>{verdictWord(shadow.verdict, t)}</strong> <code>{shadow.rule}</code>
        </p>
      )}
    </div>
  );
}

function Fired({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation();
  return (
    <>
      <p className="trace-title">{t("explained.fired")}</p>
      {explanation.fired.length === 0 ? (
        <p className="quiet">{t("explained.nothing_fired")}</p>
      ) : (
        <ul className="plain" lang="en">
          {explanation.fired.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Nearly({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation();
  if (explanation.nearly.length === 0) return null;
  return (
    <>
      <p className="trace-title">{t("trace.near_misses")}</p>
      <ul className="plain nearly">
        {explanation.nearly.map((miss) => (
          <li key={`${miss.rule}-${miss.condition}`}>
            <code>{miss.rule}</code> <span lang="en">{miss.sentence}</span>
            <MissBar value={miss.value} threshold={miss.threshold} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** How far a value stands from its threshold. */
function MissBar({ value, threshold }: { value: number; threshold: number }) {
  const low = Math.min(0, value, threshold) < 0 ? -1 : 0;
  const high = Math.max(1, value, threshold);
  const at = (number: number) => `${((number - low) / (high - low)) * 100}%`;
  return (
    <span className="miss" aria-hidden="true">
      <span className="miss-track">
        <i className="miss-value" style={{ width: at(value) }} />
        <i className="miss-threshold" style={{ left: at(threshold) }} />
      </span>
      <span className="faint">
        {shown(value)} / {shown(threshold)}
      </span>
    </span>
  );
}

function Signals({ explanation, quotes }: { explanation: Explanation; quotes: Quotes }) {
  const { t } = useTranslation();
  if (explanation.signals.length === 0) return null;
  const sorted = [...explanation.signals].sort((a, b) => Number(b.is_reason) - Number(a.is_reason));
  return (
    <>
      <p className="trace-title">{t("trace.signals")}</p>
      <ul className="plain signals">
        {sorted.map((signal, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a signal may be measured twice; the list never moves
          <li key={`${signal.signal}-${at}`} className={signal.is_reason ? undefined : "quiet"}>
            <code>{signal.signal}</code> <strong>{shown(signal.value)}</strong>
            {signal.is_reason && <span className="rests"> {t("explained.rests")}</span>}
            {signal.evidence.map((evidence) => {
              const quote = evidence.quote ?? quotes.get(placeKey(evidence));
              return (
                <span key={`${placeKey(evidence)}-${evidence.what}`} className="quiet">
                  {" "}
                  · {t("turn.number", { turn: evidence.turn })}{" "}
                  {quote ? `“${quote}”` : evidence.what}
                </span>
              );
            })}
          </li>
        ))}
      </ul>
    </>
  );
}

function shown(value: SignalRead["value"]): string {
  if (value === null) return "—";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toFixed(2);
  return String(value);
}
