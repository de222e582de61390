import type { ExplainedItem, Item, NoteItem, OutcomeItem, SuppressedItem } from "@segue/client";
import { useTranslation } from "react-i18next";
import { duration } from "../../lib/time";
import { Icon, type IconName } from "../../ui/icon";
import { Time } from "../../ui/marks";
import { RichText } from "../../ui/rich-text";

type Side = Exclude<Item, { type: "turn" | "floor" | "verdict" }>;

/** Everything that staff see besides what was said: notes, offers, ratings, imports. */
export function SideItem({ item }: { item: Side }) {
  const { t } = useTranslation();
  switch (item.type) {
    case "note":
      return <Note item={item} by={t("side.note", { name: item.agent.name })} />;
    case "handoff_explained":
      return <Note item={item} by={t("side.told")} />;
    case "suppressed":
      return <Suppressed item={item} />;
    case "offer":
      return (
        <Line icon="clock" at={item.at}>
          {t(`offer_state.${item.state}`, { name: item.agent.name })}
          {item.reason && ` · ${t(`decline.${item.reason}` as "decline.other")}`}
        </Line>
      );
    case "draft":
      return (
        <Line icon="drafts" at={item.at}>
          {t(`draft_state.${item.state}`, { name: item.agent?.name ?? "" })}
        </Line>
      );
    case "packet_read":
      return (
        <Line icon="packet" at={item.at}>
          {t("side.packet_read", {
            name: item.agent.name,
            time: duration(item.dwell_ms / 1000),
          })}
        </Line>
      );
    case "summary":
      return (
        <Line icon="assistant" at={item.at}>
          {t("side.summary", { model: item.model, turn: item.through })}
        </Line>
      );
    case "contact":
      return (
        <Line icon="note" at={item.at}>
          {t("side.contact", { address: item.text })}
        </Line>
      );
    case "rated":
      return (
        <Line icon="vip" at={item.at}>
          {t(`side.rated_${item.part}`, { score: item.score })}
          {item.text && ` — “${item.text}”`}
        </Line>
      );
    case "escalation":
      return (
        <Line icon="queue" at={item.at}>
          {t(`escalation_state.${item.state}`)}
          {item.state === "raised" && item.trigger && ` · ${t(`trigger.${item.trigger}`)}`}
          {item.root_cause && ` · ${t(`root_cause.${item.root_cause}` as "root_cause.Policy")}`}
          {item.disposition && ` · ${t(`disposition.${item.disposition}` as "disposition.solved")}`}
          {item.brief && ` — “${item.brief}”`}
        </Line>
      );
    case "flag":
      return (
        <Line icon="flag" at={item.at}>
          {t(`side.flag_${item.state}`)}
        </Line>
      );
    case "confirmed":
      return (
        <Line icon="check" at={item.at}>
          {t(item.helped ? "side.helped" : "side.not_helped", { turn: item.turn })}
        </Line>
      );
    case "outcome":
      return <Recorded item={item} />;
  }
}

function Line({ icon, at, children }: { icon: IconName; at: string; children: React.ReactNode }) {
  return (
    <p className="side-line">
      <Icon name={icon} size={12} />
      <span>{children}</span>
      <Time at={at} />
    </p>
  );
}

function Note({ item, by }: { item: NoteItem | ExplainedItem; by: string }) {
  return (
    <div className="note">
      <p className="byline">
        <Icon name="lock" size={12} />
        <strong>{by}</strong>
        <span className="faint">
          <Time at={item.at} />
        </span>
      </p>
      <RichText text={item.text} />
    </div>
  );
}

function Suppressed({ item }: { item: SuppressedItem }) {
  const { t } = useTranslation();
  return (
    <details className="suppressed">
      <summary>
        {t(`suppressed.${item.reason}`)}
        {item.confidence !== undefined && (
          <span className="faint"> {item.confidence.toFixed(2)}</span>
        )}
      </summary>
      <RichText text={item.text} />
    </details>
  );
}

/** What the source of an import recorded about how it ended. */
function Recorded({ item }: { item: OutcomeItem }) {
  const { t } = useTranslation();
  return (
    <div className="recorded">
      <h2>{t("side.recorded")}</h2>
      <dl>
        {Object.entries(item.labels).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
