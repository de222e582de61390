import "./conversation.css";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useActiveTime } from "../../lib/active-time";
import { useKeys } from "../../lib/hooks";
import { useConversation } from "../../live/hooks";
import type { StaffView } from "../../live/store";
import { go, paths } from "../../routes";
import { Icon } from "../../ui/icon";
import { Empty, Failed, Skeleton } from "../../ui/states";
import { PacketPanel } from "../packet/packet";
import { usePacketReading } from "../packet/reading";
import { Actions } from "./actions";
import { Composer } from "./composer";
import { Header } from "./header";
import { Timeline } from "./timeline";

type ConversationProps = {
  id: string;
  turn?: number;
  pane: "story" | "packet";
  /** Wide: the packet has its own column; single: one of the two at a time. */
  layout: "wide" | "single";
};

export function Conversation(props: ConversationProps) {
  const { t } = useTranslation();
  const followed = useConversation(props.id);
  switch (followed.status) {
    case "loading":
      return <Skeleton rows={7} />;
    case "failed":
      return (
        <div>
          <Failed error={followed.error} onRetry={followed.retry} />
          <p className="failed">
            <a href={paths.inbox()}>{t("conversation.back")}</a>
          </p>
        </div>
      );
    case "gone":
      return (
        <Empty icon="seam" title={t("conversation.gone")}>
          {t("conversation.gone_body")} <a href={paths.inbox()}>{t("conversation.back")}</a>
        </Empty>
      );
    case "ready":
      return <Open {...props} view={followed.view} />;
  }
}

function Open({ id, turn, pane, layout, view }: ConversationProps & { view: StaffView }) {
  const { t } = useTranslation();
  useActiveTime(id);
  const [isNoting, setNoting] = useState(false);
  const hasStory = layout === "wide" || pane === "story";
  const hasPacket = layout === "wide" || pane === "packet";
  const reading = usePacketReading(view, hasPacket);
  const startReading = () => {
    if (!hasPacket) go(paths.conversation(id, { pane: "packet" }));
    else if (reading.mayRead) void reading.read();
  };
  useKeys({
    p: startReading,
    r: () => document.getElementById("composer-text")?.focus(),
    n: () => setNoting(true),
  });
  useEffect(() => {
    if (turn === undefined) return;
    const element = document.getElementById(`turn-${turn}`);
    element?.scrollIntoView({ block: "center" });
    element?.focus({ preventScroll: true });
  }, [turn]);
  return (
    <div className={`conversation is-${layout}`}>
      <section className="story" aria-label={t("conversation.name")} hidden={!hasStory}>
        <Header view={view} />
        {layout === "single" && <Panes id={id} pane={pane} />}
        <Timeline view={view} target={turn} />
        <Actions view={view} isNoting={isNoting} onNoting={setNoting} />
        <Composer view={view} reading={reading} onRead={startReading} />
      </section>
      {hasPacket && (
        <aside className="packet-column" aria-label={t("packet.name")}>
          {layout === "single" && (
            <>
              <Header view={view} />
              <Panes id={id} pane={pane} />
            </>
          )}
          <PacketPanel view={view} reading={reading} />
        </aside>
      )}
    </div>
  );
}

function Panes({ id, pane }: { id: string; pane: "story" | "packet" }) {
  const { t } = useTranslation();
  return (
    <nav className="panes" aria-label={t("conversation.panes")}>
      <a href={paths.conversation(id)} aria-current={pane === "story" ? "true" : undefined}>
        <Icon name="list" />
        {t("conversation.name")}
      </a>
      <a
        href={paths.conversation(id, { pane: "packet" })}
        aria-current={pane === "packet" ? "true" : undefined}
      >
        <Icon name="packet" />
        {t("packet.name")}
      </a>
    </nav>
  );
}
