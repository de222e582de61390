import type { Queue } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { duration } from "../../lib/time";
import { useMe } from "../../session";
import { PageFrame } from "../../shell/shell";
import { Permitted } from "../../ui/button";
import { Await, Empty } from "../../ui/states";
import { QueueDialog } from "./queue-dialog";

type Editing = { kind: "closed" } | { kind: "new" } | { kind: "change"; queue: Queue };

export function Queues() {
  const { t } = useTranslation();
  const me = useMe();
  const { loaded, reload } = useLoad(() => api.queues(), []);
  const [editing, setEditing] = useState<Editing>({ kind: "closed" });
  const close = () => setEditing({ kind: "closed" });
  return (
    <PageFrame
      title={t("rail.queues")}
      lead={t("queues.lead")}
      actions={
        <Permitted
          allowed={me.allowed}
          action="edit_policy"
          tone="accent"
          icon="plus"
          onClick={() => setEditing({ kind: "new" })}
        >
          {t("queues.new")}
        </Permitted>
      }
    >
      <Await loaded={loaded} reload={reload}>
        {(queues) => (
          <>
            {queues.length === 0 && (
              <Empty icon="queue" title={t("queues.empty")}>
                {t("queues.empty_body")}
              </Empty>
            )}
            <div className="queue-cards">
              {queues.map((queue) => (
                <QueueCard
                  key={queue.key}
                  queue={queue}
                  overflow={queues.find((one) => one.key === queue.overflow_to)?.name}
                  onChange={() => setEditing({ kind: "change", queue })}
                />
              ))}
            </div>
            {editing.kind !== "closed" && (
              <QueueDialog
                queue={editing.kind === "change" ? editing.queue : null}
                others={queues}
                onClose={close}
                onDone={() => {
                  close();
                  reload();
                }}
              />
            )}
          </>
        )}
      </Await>
    </PageFrame>
  );
}

function QueueCard({
  queue,
  overflow,
  onChange,
}: {
  queue: Queue;
  overflow?: string;
  onChange: () => void;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const hours = Object.entries(queue.hours).map(([day, spans]) => ({
    day,
    text: (spans ?? []).map(([from, to]) => `${from}–${to}`).join(", "),
  }));
  return (
    <section className="card queue-card" aria-label={queue.name}>
      <header className="row spread">
        <h2>{queue.name}</h2>
        <Permitted
          allowed={me.allowed}
          action="edit_policy"
          aria-label={t("team.change", { name: queue.name })}
          onClick={onChange}
        >
          {t("common.change")}
        </Permitted>
      </header>
      <dl className="facts">
        <Fact name={t("queues.team")} value={queue.team} />
        <Fact name={t("team.skills")} value={queue.skills.join(", ") || t("queues.no_skill")} />
        <Fact name={t("queues.target")} value={duration(queue.target_s)} />
        <Fact name={t("queues.offer")} value={duration(queue.offer_s)} />
        <Fact
          name={t("queues.overflow")}
          value={
            overflow
              ? t("queues.overflow_value", {
                  after: duration(queue.overflow_after_s),
                  to: overflow,
                })
              : t("queues.overflow_later", { after: duration(queue.overflow_after_s) })
          }
        />
        <div>
          <dt>{t("queues.hours")}</dt>
          <dd>
            {queue.is_always ? (
              t("queues.always")
            ) : hours.every(({ text }) => text === "") ? (
              t("queues.never")
            ) : (
              <ul className="plain">
                {hours.map(({ day, text }) => (
                  <li key={day}>
                    {t(`weekday.${day}` as "weekday.mon")} {text}
                  </li>
                ))}
                <li className="faint">{queue.zone}</li>
              </ul>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
