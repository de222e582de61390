import type { Packet } from "@segue/client";
import { useTranslation } from "react-i18next";
import { Tag } from "../../ui/marks";
import { TurnLink } from "./turn-link";

type Version = NonNullable<Packet["generated"]>;
type Said = Version["summary"][number];

/** What a model wrote, under its own name: it never stands for the extracted packet. */
export function Generated({ conversation, version }: { conversation: string; version: Version }) {
  const { t } = useTranslation();
  const at = (turns: number[]) =>
    turns.map((turn) => <TurnLink key={turn} conversation={conversation} turn={turn} />);
  return (
    <section className="packet-section generated" aria-labelledby="generated-title">
      <header className="generated-head">
        <h2 id="generated-title">{t("packet.generated.title")}</h2>
        <Tag tone="assistant" icon="assistant">
          {t("packet.generated.check")}
        </Tag>
      </header>
      {version.withheld && <p className="quiet">{t("packet.generated.withheld")}</p>}
      {version.core_intent && (
        <p className="wrap" dir="auto">
          {version.core_intent.text} {at(version.core_intent.turns)}
        </p>
      )}
      {version.summary.map((said) => (
        <p key={keyOf(said)} className="quiet wrap" dir="auto">
          {said.text} {at(said.turns)}
        </p>
      ))}
      {version.attempted_solutions.length > 0 && (
        <ul className="plain stack-2">
          {version.attempted_solutions.map((tried) => (
            <li key={`${tried.turns.join()}-${tried.what}`} className="wrap" dir="auto">
              {tried.what}{" "}
              {tried.outcome !== "unknown" && <Tag>{t(`attempt.${tried.outcome}`)}</Tag>}{" "}
              {at(tried.turns)}
            </li>
          ))}
        </ul>
      )}
      {version.open_questions.length > 0 && (
        <ul className="asks">
          {version.open_questions.map((said) => (
            <li key={keyOf(said)} className="wrap" dir="auto">
              {said.text} {at(said.turns)}
            </li>
          ))}
        </ul>
      )}
      {version.dropped.length > 0 && <Dropped dropped={version.dropped} />}
      <p className="faint small">
        {t("packet.generated.origin", { model: version.model, turn: version.through })}
      </p>
    </section>
  );
}

function keyOf(said: Said): string {
  return `${said.turns.join()}-${said.text}`;
}

/** What had no ground, behind a door: nobody should read it as a fact in passing. */
function Dropped({ dropped }: { dropped: Version["dropped"] }) {
  const { t } = useTranslation();
  return (
    <details className="dropped">
      <summary>{t("packet.generated.dropped", { count: dropped.length })}</summary>
      <ul className="plain stack-2">
        {dropped.map((it) => (
          <li key={`${it.reason}-${it.text}`}>
            <s className="wrap" dir="auto">
              {it.text}
            </s>
            <span className="faint wrap">{it.reason}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
