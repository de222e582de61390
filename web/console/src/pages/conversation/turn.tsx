import type { TurnItem, VerdictItem } from "@segue/client";
import { useTranslation } from "react-i18next";
import type { Place } from "../../lib/evidence";
import { useMe } from "../../session";
import { AuthorIcon, Tag, Time } from "../../ui/marks";
import { RichText, SafeLink } from "../../ui/rich-text";
import { VerdictLine } from "./verdict";

type TurnProps = {
  item: TurnItem;
  verdicts: VerdictItem[];
  /** Where verdicts, on this turn or a later one, found what they rest on. */
  evidence: readonly Place[];
  isImported: boolean;
  conversation: string;
  isTarget: boolean;
};

/** One contribution by one party, with its mark, and why the assistant might go on after it. */
export function TurnView(props: TurnProps) {
  const { item, verdicts, evidence, isImported, conversation, isTarget } = props;
  const { t } = useTranslation();
  const { kind } = item.author;
  return (
    <div
      id={`turn-${item.turn}`}
      tabIndex={-1}
      className={`turn by-${kind}${isTarget ? " is-target" : ""}`}
    >
      <AuthorIcon kind={kind} />
      <div className="bubble">
        <p className="byline">
          <Byline item={item} />
          <span className="faint">
            {t("turn.number", { turn: item.turn })} · <Time at={item.source_at ?? item.at} />
          </span>
        </p>
        <RichText text={item.text} places={evidence} />
        {item.is_cut && <p className="cut">{t("turn.cut")}</p>}
        {item.article && (
          <p className="article">
            {t("turn.article")} <ArticleLink title={item.article.title} url={item.article.url} />
          </p>
        )}
        {verdicts.map((verdict) => (
          <VerdictLine
            key={verdict.version}
            item={verdict}
            isImported={isImported}
            conversation={conversation}
          />
        ))}
      </div>
    </div>
  );
}

export function ArticleLink({ title, url }: { title: string; url: string }) {
  const me = useMe();
  let address: URL;
  try {
    // Articles stand on the customers' site, not here.
    address = new URL(url, me.widget_url);
  } catch {
    return title;
  }
  const isWeb = address.protocol === "https:" || address.protocol === "http:";
  return isWeb ? <SafeLink text={title} url={address.href} host={address.host} /> : title;
}

function Byline({ item }: { item: TurnItem }) {
  const { t } = useTranslation();
  const { author, confidence } = item;
  switch (author.kind) {
    case "customer":
      return <strong>{author.name}</strong>;
    case "assistant":
      return (
        <>
          <strong>{author.name}</strong>
          <Tag tone="assistant">{t("author.ai")}</Tag>
          {confidence !== undefined && (
            <span className="faint">{t("turn.confidence", { value: confidence.toFixed(2) })}</span>
          )}
          {item.is_fallback && <span className="faint">{t("turn.fallback")}</span>}
        </>
      );
    case "agent":
      return <strong className="tone-agent author-name">{author.name}</strong>;
    case "agent_draft":
      return (
        <>
          <strong className="tone-agent author-name">{author.name}</strong>
          <Tag tone="assistant">
            {author.is_edited ? t("author.draft_edited") : t("author.draft")}
          </Tag>
        </>
      );
    case "system":
      return (
        <strong className="quiet">
          {author.notice ? t(`notice.${author.notice}`) : t("author.system")}
        </strong>
      );
  }
}
