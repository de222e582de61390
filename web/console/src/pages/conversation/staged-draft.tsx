import type { StaffDraft } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction } from "../../lib/hooks";
import { useLiveStore } from "../../live/hooks";
import type { StaffView } from "../../live/store";
import { Permitted } from "../../ui/button";
import { Tag } from "../../ui/marks";
import { RichText } from "../../ui/rich-text";
import { Problem } from "../../ui/states";

/** Drafts of the assistant that wait for a person. */
export function StagedDrafts({ view }: { view: StaffView }) {
  const drafts = view.state?.drafts ?? [];
  return drafts.map((draft) => <StagedDraft key={draft.draft_id} view={view} draft={draft} />);
}

function StagedDraft({ view, draft }: { view: StaffView; draft: StaffDraft }) {
  const { t } = useTranslation();
  const store = useLiveStore();
  const [text, setText] = useState<string | null>(null);
  const { isBusy, error, run } = useAction();
  const allowed = view.state?.allowed ?? {};
  const act = (action: () => Promise<unknown>) =>
    run(async () => {
      await action();
      await store.refresh(view.conversation);
    });
  const release = () =>
    act(() => api.releaseDraft(view.conversation, draft.draft_id, text ?? undefined));
  return (
    <article className="staged" aria-label={t("draft.name")}>
      <p className="byline">
        <Tag tone="assistant" icon="drafts">
          {t("draft.name")}
        </Tag>
        <span className="faint">{t("draft.not_said")}</span>
        {draft.confidence !== undefined && (
          <Tag>{t("draft.confidence", { value: draft.confidence.toFixed(2) })}</Tag>
        )}
        {!draft.is_current && (
          <Tag tone="waiting" icon="warn">
            {t("draft.outdated")}
          </Tag>
        )}
      </p>
      {text === null ? (
        <RichText text={draft.text} />
      ) : (
        <textarea
          aria-label={t("draft.edit_label")}
          rows={4}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <Problem error={error} />
      <div className="row">
        <Permitted
          allowed={allowed}
          action="release_draft"
          tone="accent"
          disabled={isBusy || !draft.is_current || text?.trim() === ""}
          onClick={() => void release()}
        >
          {text === null ? t("draft.release") : t("draft.release_edited")}
        </Permitted>
        <Permitted
          allowed={allowed}
          action="release_draft"
          disabled={isBusy || !draft.is_current}
          onClick={() => setText(text === null ? draft.text : null)}
        >
          {text === null ? t("draft.edit") : t("common.cancel")}
        </Permitted>
        <Permitted
          allowed={allowed}
          action="reject_draft"
          disabled={isBusy || !draft.is_current}
          onClick={() => void act(() => api.rejectDraft(view.conversation, draft.draft_id))}
        >
          {t("draft.reject")}
        </Permitted>
      </div>
    </article>
  );
}
