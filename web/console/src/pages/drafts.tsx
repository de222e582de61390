import type { DraftCard } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api";
import { useAction } from "../lib/hooks";
import { useInbox } from "../live/hooks";
import { paths } from "../routes";
import { PageFrame } from "../shell/shell";
import { Button } from "../ui/button";
import { Ago, Tag } from "../ui/marks";
import { RichText } from "../ui/rich-text";
import { Empty, Problem, Skeleton } from "../ui/states";
import "./lists.css";

/** Everything the assistant proposed and nobody has said yet, the eldest first. */
export function Drafts() {
  const { t } = useTranslation();
  const inbox = useInbox();
  return (
    <PageFrame title={t("rail.drafts")} lead={t("drafts.lead")}>
      {inbox === null ? (
        <Skeleton />
      ) : inbox.drafts.length === 0 ? (
        <Empty icon="drafts" title={t("drafts.empty")}>
          {t("drafts.empty_body")}
        </Empty>
      ) : (
        <ul className="plain stack">
          {inbox.drafts.map((draft) => (
            <li key={draft.draft_id}>
              <Draft draft={draft} />
            </li>
          ))}
        </ul>
      )}
    </PageFrame>
  );
}

function Draft({ draft }: { draft: DraftCard }) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const { isBusy, error, run } = useAction();
  const { conversation, draft_id } = draft;
  const queue = useInbox()?.queues.find((one) => one.key === draft.queue);
  const isOutdated = !draft.is_current;
  const release = () => run(() => api.releaseDraft(conversation, draft_id, text ?? undefined));
  return (
    <article
      className="card draft-card"
      aria-label={t("drafts.for", { name: draft.customer_name })}
    >
      <header className="row spread">
        <span className="row">
          <a href={paths.conversation(conversation)}>
            <strong dir="auto">{draft.customer_name}</strong>
          </a>
          <span className="quiet">{queue?.name ?? draft.queue}</span>
          {draft.confidence !== undefined && (
            <Tag>{t("draft.confidence", { value: draft.confidence.toFixed(2) })}</Tag>
          )}
        </span>
        <span className="faint">
          <Ago at={draft.at} />
        </span>
      </header>
      <blockquote dir="auto">{draft.in_reply_to_text}</blockquote>
      {text === null ? (
        <RichText text={draft.text} />
      ) : (
        <textarea
          aria-label={t("draft.edit_label")}
          rows={5}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {isOutdated && (
        <Tag tone="waiting" icon="warn">
          {t("draft.outdated")}
        </Tag>
      )}
      <Problem error={error} />
      <footer className="row">
        <Button
          tone="accent"
          disabled={isBusy || isOutdated || text?.trim() === ""}
          onClick={() => void release()}
        >
          {text === null ? t("draft.release") : t("draft.release_edited")}
        </Button>
        <Button
          disabled={isBusy || isOutdated}
          onClick={() => setText(text === null ? draft.text : null)}
        >
          {text === null ? t("draft.edit") : t("common.cancel")}
        </Button>
        <Button
          disabled={isBusy || isOutdated}
          onClick={() => void run(() => api.rejectDraft(conversation, draft_id))}
        >
          {t("draft.reject")}
        </Button>
      </footer>
    </article>
  );
}
