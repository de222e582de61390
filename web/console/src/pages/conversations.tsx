import type { Row } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api";
import { useAction, useLoad } from "../lib/hooks";
import { useInbox } from "../live/hooks";
import { CONVERSATION_FILTERS, type ConversationFilter, go, paths } from "../routes";
import { useMe } from "../session";
import { PageFrame } from "../shell/shell";
import { Button } from "../ui/button";
import { Ago, AuthorIcon, FloorMark, RowTags } from "../ui/marks";
import { Await, Empty, Problem } from "../ui/states";
import "./lists.css";

type Props = { state: ConversationFilter; queue?: string };

/** All conversations, by state and queue; the flagged ones are the review list. */
export function Conversations({ state, queue }: Props) {
  const { t } = useTranslation();
  const { loaded, reload } = useLoad(() => api.conversations(state, queue), [state, queue]);
  const queues = useInbox()?.queues ?? [];
  const isReview = state === "flagged";
  return (
    <PageFrame
      title={t(isReview ? "conversations.review_title" : "conversations.title")}
      lead={t(isReview ? "conversations.review_lead" : "conversations.lead")}
    >
      <div className="row spread">
        <nav className="tabs" aria-label={t("conversations.filter")}>
          {CONVERSATION_FILTERS.map((one) => (
            <a
              key={one}
              href={paths.conversations(one, queue)}
              aria-current={one === state ? "page" : undefined}
            >
              {t(`conversations.${one}`)}
            </a>
          ))}
        </nav>
        <label className="filter-queue">
          <span className="quiet">{t("conversations.queue")}</span>
          <select
            value={queue ?? ""}
            onChange={(event) => go(paths.conversations(state, event.target.value || undefined))}
          >
            <option value="">{t("conversations.every_queue")}</option>
            {queues.map((one) => (
              <option key={one.key} value={one.key}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Await loaded={loaded} reload={reload} rows={8}>
        {(first) => (
          <Found
            key={`${state}-${queue ?? ""}`}
            first={first.items}
            cursor={first.next_cursor}
            state={state}
            queue={queue}
          />
        )}
      </Await>
    </PageFrame>
  );
}

type FoundProps = Props & { first: Row[]; cursor?: string };

function Found({ first, cursor, state, queue }: FoundProps) {
  const { t } = useTranslation();
  const [rows, setRows] = useState(first);
  const [next, setNext] = useState(cursor);
  const { isBusy, error, run } = useAction();
  const more = () =>
    run(async () => {
      const page = await api.conversations(state, queue, next);
      setRows((all) => [...all, ...page.items]);
      setNext(page.next_cursor);
    });
  if (rows.length === 0) {
    return (
      <Empty icon={state === "flagged" ? "flag" : "list"} title={t(`conversations.empty_${state}`)}>
        {t(`conversations.empty_${state}_body`)}
      </Empty>
    );
  }
  return (
    <div className="stack">
      <ul className="plain card found">
        {rows.map((row) => (
          <FoundRow key={row.conversation} row={row} />
        ))}
      </ul>
      <Problem error={error} />
      {next && (
        <p>
          <Button disabled={isBusy} onClick={() => void more()}>
            {t("common.more")}
          </Button>
        </p>
      )}
    </div>
  );
}

function FoundRow({ row }: { row: Row }) {
  const me = useMe();
  return (
    <li>
      <a className="found-row" href={paths.conversation(row.conversation)}>
        <AuthorIcon kind={row.last_author} />
        <span className="found-who">
          <strong dir="auto">{row.customer_name}</strong>
          <span className="row">
            <RowTags row={row} hasOrigin />
          </span>
        </span>
        <span className="subject">{row.subject}</span>
        <span>
          <FloorMark floor={row.floor} meId={me.agent.id} />
        </span>
        <span className="faint found-ago">
          <Ago at={row.last_at} />
        </span>
      </a>
    </li>
  );
}
