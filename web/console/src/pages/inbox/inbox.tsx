import "./inbox.css";
import type { Inbox as InboxData, QueueRow, Row } from "@segue/client";
import { useTranslation } from "react-i18next";
import { NARROW, useMedia, useNow, WIDE } from "../../lib/hooks";
import { isUnread, useSeeing, useSeenMarks } from "../../lib/seen";
import { clock } from "../../lib/time";
import { useInbox } from "../../live/hooks";
import { paths, type Route } from "../../routes";
import { useMe } from "../../session";
import { Ago, AuthorIcon, FloorMark, RowTags, Tag } from "../../ui/marks";
import { Empty, Skeleton } from "../../ui/states";
import { Conversation } from "../conversation/conversation";
import { Offers } from "./offers";
import { QueueRowStory } from "./row-story";
import { WaitClock } from "./wait-clock";

type InboxRoute = Extract<Route, { page: "inbox" | "conversation" }>;

/** Queue and mine, the conversation, its packet: side by side where there is room. */
export function Inbox({ route }: { route: InboxRoute }) {
  const { t } = useTranslation();
  const isNarrow = useMedia(NARROW);
  const isWide = useMedia(WIDE);
  const inbox = useInbox();
  const openId = route.page === "conversation" ? route.id : null;
  const hasList = !isNarrow || openId === null;
  useSeeing(inbox, openId);
  return (
    <div className={openId === null ? "inbox" : "inbox has-conversation"}>
      {hasList && (
        <section className="inbox-list" aria-label={t("inbox.list")}>
          {openId === null && <h1 className="sr-only">{t("rail.inbox")}</h1>}
          {inbox === null ? <Skeleton rows={6} /> : <Lists inbox={inbox} openId={openId} />}
        </section>
      )}
      {route.page === "conversation" ? (
        <Conversation
          key={route.id}
          id={route.id}
          turn={route.turn}
          pane={route.pane}
          layout={isWide ? "wide" : "single"}
        />
      ) : (
        !isNarrow && (
          <Empty icon="seam" title={t("inbox.none_open")}>
            {t("inbox.none_open_body")}
          </Empty>
        )
      )}
    </div>
  );
}

function Lists({ inbox, openId }: { inbox: InboxData; openId: string | null }) {
  const { t } = useTranslation();
  return (
    <>
      <Offers offers={inbox.offers} />
      <section aria-labelledby="inbox-mine">
        <h2 id="inbox-mine" className="list-title">
          {t("inbox.mine")} <span className="faint">{inbox.mine.length}</span>
        </h2>
        {inbox.mine.length === 0 ? (
          <p className="list-empty">{t("inbox.mine_empty")}</p>
        ) : (
          <ul className="plain">
            {inbox.mine.map((row) => (
              <MineRow key={row.conversation} row={row} isOpen={row.conversation === openId} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="inbox-waiting">
        <h2 id="inbox-waiting" className="list-title">
          {t("inbox.waiting")} <span className="faint">{inbox.waiting.length}</span>
        </h2>
        {inbox.waiting.length === 0 ? (
          <p className="list-empty">{t("inbox.waiting_empty")}</p>
        ) : (
          <ul className="plain">
            {inbox.waiting.map((row) => (
              <WaitingRow key={row.conversation} row={row} isOpen={row.conversation === openId} />
            ))}
          </ul>
        )}
      </section>
      <QueueCounts inbox={inbox} />
    </>
  );
}

function WaitingRow({ row, isOpen }: { row: QueueRow; isOpen: boolean }) {
  const { t } = useTranslation();
  return (
    <li>
      <a
        className="queue-row"
        href={paths.conversation(row.conversation)}
        aria-current={isOpen ? "true" : undefined}
      >
        <WaitClock row={row} />
        <span className="queue-row-main">
          <span className="row">
            <strong>{row.queue_name}</strong>
            <RowTags row={row} />
          </span>
          <QueueRowStory row={row} />
          {row.offered_to && (
            <span className="faint small">
              {t("row.offered_to", { name: row.offered_to.name })}
            </span>
          )}
          {row.not_offered_until && <Rest until={row.not_offered_until} />}
        </span>
      </a>
    </li>
  );
}

/** Why it is not offered to the reader just now, and for how long. */
function Rest({ until }: { until: string }) {
  const { t } = useTranslation();
  const left = Date.parse(until) - useNow(1000);
  if (left <= 0) return null;
  return <span className="faint small">{t("row.rests", { time: clock(left) })}</span>;
}

function MineRow({ row, isOpen }: { row: Row; isOpen: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const isNew = isUnread(row, useSeenMarks());
  return (
    <li>
      <a
        className={isNew ? "mine-row is-unread" : "mine-row"}
        href={paths.conversation(row.conversation)}
        aria-current={isOpen ? "true" : undefined}
      >
        <AuthorIcon kind={row.last_author} />
        <span className="queue-row-main">
          <span className="row spread">
            <strong className="clip" dir="auto">
              {row.customer_name}
            </strong>
            <span className="faint small">
              <Ago at={row.last_at} />
            </span>
          </span>
          <span className="subject" dir="auto">
            {row.subject}
          </span>
          <span className="row">
            {isNew && (
              <Tag tone="waiting" icon="customer">
                {t("row.unread")}
              </Tag>
            )}
            <FloorMark floor={row.floor} meId={me.agent.id} />
            <RowTags row={row} />
          </span>
        </span>
      </a>
    </li>
  );
}

function QueueCounts({ inbox }: { inbox: InboxData }) {
  const { t } = useTranslation();
  if (inbox.queues.length === 0) return null;
  return (
    <section aria-labelledby="inbox-queues">
      <h2 id="inbox-queues" className="list-title">
        {t("inbox.queues")}
      </h2>
      <ul className="plain queue-counts">
        {inbox.queues.map((queue) => (
          <li key={queue.key}>
            <a href={paths.conversations("open", queue.key)}>{queue.name}</a>
            <span className="quiet small">
              {queue.is_open
                ? t("inbox.queue_line", {
                    waiting: queue.waiting,
                    agents: queue.available_agents,
                  })
                : t("inbox.queue_closed", { waiting: queue.waiting })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
