/** Small marks with a word: who wrote, who has the floor, how urgent, how long ago. */
import type { AuthorKind, Floor, Row } from "@segue/client";
import { useTranslation } from "react-i18next";
import { useNow } from "../lib/hooks";
import { ago, exactly, timeOfDay } from "../lib/time";
import { Icon, type IconName } from "./icon";

export type Tone =
  | "neutral"
  | "accent"
  | "waiting"
  | "breach"
  | "resolved"
  | "assistant"
  | "agent"
  | "system";

export function Tag({
  tone = "neutral",
  icon,
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  children: React.ReactNode;
}) {
  return (
    <span className={`tag tone-${tone}`}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}

const AUTHORS: Record<AuthorKind, { tone: Tone; icon: IconName }> = {
  customer: { tone: "neutral", icon: "customer" },
  assistant: { tone: "assistant", icon: "assistant" },
  agent: { tone: "agent", icon: "agent" },
  agent_draft: { tone: "agent", icon: "drafts" },
  system: { tone: "system", icon: "system" },
};

export function authorTone(kind: AuthorKind): Tone {
  return AUTHORS[kind].tone;
}

export function AuthorIcon({ kind }: { kind: AuthorKind }) {
  return (
    <span className={`author-icon tone-${AUTHORS[kind].tone}`}>
      <Icon name={AUTHORS[kind].icon} size={14} />
    </span>
  );
}

const HOLDERS: Record<Floor["holder"], { tone: Tone; icon: IconName }> = {
  assistant: { tone: "assistant", icon: "assistant" },
  review: { tone: "assistant", icon: "drafts" },
  queue: { tone: "waiting", icon: "clock" },
  locked: { tone: "breach", icon: "lock" },
  agent: { tone: "accent", icon: "agent" },
  closed: { tone: "neutral", icon: "check" },
};

/** Who has the floor, in a word and a mark. */
export function FloorMark({ floor, meId }: { floor: Floor; meId?: string }) {
  const { t } = useTranslation();
  const { tone, icon } = HOLDERS[floor.holder];
  const isMe = floor.holder === "agent" && floor.agent?.id === meId;
  const word = () => {
    switch (floor.holder) {
      case "agent":
        return isMe ? t("floor.you") : (floor.agent?.name ?? t("floor.agent"));
      case "queue":
        return t("floor.queue", { queue: floor.queue_name ?? floor.queue ?? "" });
      case "locked":
      case "assistant":
      case "review":
        return t(`floor.${floor.holder}`);
      case "closed":
        return floor.outcome ? t(`outcome.${floor.outcome}`) : t("floor.closed");
    }
  };
  return (
    <Tag tone={tone} icon={icon}>
      {word()}
    </Tag>
  );
}

/** VIP, tier, and where a conversation comes from. */
export function RowTags({
  row,
  hasOrigin = false,
}: {
  row: Pick<Row, "is_vip" | "tier" | "is_imported" | "is_demo">;
  /** Whether demo history is marked: in lists where it stands beside real conversations. */
  hasOrigin?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <>
      {row.is_vip && (
        <Tag tone="accent" icon="vip">
          {t("row.vip")}
        </Tag>
      )}
      {row.tier && <span className="quiet">{row.tier}</span>}
      {row.is_imported && <Tag>{t("row.imported")}</Tag>}
      {hasOrigin && row.is_demo && !row.is_imported && (
        <span className="faint">{t("row.demo")}</span>
      )}
    </>
  );
}

/** A time as people say it, exact on hover. */
export function Time({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const now = useNow(60_000);
  return (
    <time dateTime={at} title={exactly(at, i18n.language)}>
      {timeOfDay(at, now, i18n.language)}
    </time>
  );
}

export function Ago({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const now = useNow(30_000);
  return (
    <time dateTime={at} title={exactly(at, i18n.language)}>
      {ago(at, now)}
    </time>
  );
}

/** What somebody gave as a reason, behind a dot; nothing where there is none. */
export function Quoted({ text }: { text: string | null | undefined }) {
  if (!text) return null;
  return (
    <>
      {" · "}
      <q dir="auto">{text}</q>
    </>
  );
}
