import type { Row, RowPage } from "@segue/client";
import { useEffect, useRef, useState } from "react";
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

/** How long the list waits for more changes before it is fetched again, in milliseconds. */
const REFRESH_MS = 1000;

type Props = { state: ConversationFilter; queue?: string; reference?: string };

/** All conversations, by state and queue; the flagged ones are the review list. */
export function Conversations({ state, queue, reference }: Props) {
  const { t } = useTranslation();
  const { loaded, reload } = useLoad(
    () => api.conversations(state, { queue, reference }),
    [state, queue, reference],
  );
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
      <Search key={reference ?? ""} state={state} queue={queue} reference={reference} />
      <Await loaded={loaded} reload={reload} rows={8}>
        {(first) => (
          <Found
            key={`${state}-${queue ?? ""}-${reference ?? ""}`}
            first={first.items}
            cursor={first.next_cursor}
            state={state}
            queue={queue}
            reference={reference}
          />
        )}
      </Await>
    </PageFrame>
  );
}

/** By the number that the customer was told; it finds whatever the state and queue. */
function Search({ state, queue, reference }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(reference ?? "");
  return (
    <form
      className="row search"
      onSubmit={(event) => {
        event.preventDefault();
        go(paths.conversations(state, queue, text.trim() || undefined));
      }}
    >
      <input
        type="search"
        aria-label={t("conversations.search")}
        placeholder={`${t("conversations.search")} (${t("conversations.search_hint")})`}
        value={text}
        maxLength={32}
        onChange={(event) => setText(event.target.value)}
      />
      {reference !== undefined && (
        <Button onClick={() => go(paths.conversations(state, queue))}>
          {t("conversations.search_end")}
        </Button>
      )}
    </form>
  );
}

type FoundProps = Props & { first: Row[]; cursor?: string };

function Found({ first, cursor, state, queue, reference }: FoundProps) {
  const { t } = useTranslation();
  const [rows, setRows] = useState(first);
  const [next, setNext] = useState(cursor);
  const { isBusy, error, run } = useAction();
  // Whatever changes in the workspace may change the list: its first page is fetched again.
  const inbox = useInbox();
  const known = useRef(inbox);
  const waits = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // What changes while it waits is in the page that it fetches.
    if (known.current === inbox || waits.current !== undefined) return;
    known.current = inbox;
    waits.current = setTimeout(() => {
      waits.current = undefined;
      api.conversations(state, { queue, reference }).then(
        (page) => setRows((all) => refreshed(page, all)),
        // The list stays as it was; the line over the page says if the connection is away.
        () => undefined,
      );
    }, REFRESH_MS);
  }, [inbox, state, queue, reference]);
  useEffect(() => () => clearTimeout(waits.current), []);
  const more = () =>
    run(async () => {
      const page = await api.conversations(state, { queue, cursor: next });
      setRows((all) => [...all, ...page.items]);
      setNext(page.next_cursor);
    });
  if (rows.length === 0 && reference !== undefined) {
    return (
      <Empty icon="list" title={t("conversations.not_found")}>
        {t("conversations.not_found_body")}
      </Empty>
    );
  }
  // A page may hold only what others see; there may be more behind it.
  if (rows.length === 0 && next === undefined) {
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

/** The new first page, and below it what was loaded of older ones. */
export function refreshed(page: RowPage, all: Row[]): Row[] {
  const last = page.items.at(-1);
  if (page.next_cursor === undefined || last === undefined) return page.items;
  const fresh = new Set(page.items.map((row) => row.conversation));
  const end = Date.parse(last.last_at);
  const older = all.filter((row) => Date.parse(row.last_at) <= end && !fresh.has(row.conversation));
  return [...page.items, ...older];
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
