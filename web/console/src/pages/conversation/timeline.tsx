import type { Item, VerdictItem } from "@segue/client";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Place, placesByTurn } from "../../lib/evidence";
import type { StaffView } from "../../live/store";
import { Button } from "../../ui/button";
import { AuthorIcon } from "../../ui/marks";
import { RichText } from "../../ui/rich-text";
import { Seam } from "./seam";
import { SideItem } from "./side-items";
import { StagedDrafts } from "./staged-draft";
import { TurnView } from "./turn";

/** Where the focus goes when one leaves the reply. */
export const LOG_ID = "conversation-log";

/** Nearer to the end than this, new turns scroll into view. */
const STICKY_PX = 120;

export function Timeline({ view, target }: { view: StaffView; target?: number }) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDivElement>(null);
  const wasAtEnd = useRef(true);
  const verdicts = useMemo(() => verdictsByTurn(view.items), [view.items]);
  const evidence = useMemo(() => placesByTurn([...verdicts.values()].flat()), [verdicts]);
  const isImported = view.state?.opening.origin === "imported";
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is added moves the end
  useEffect(() => {
    const box = ref.current;
    if (box !== null && wasAtEnd.current && target === undefined) box.scrollTop = box.scrollHeight;
  }, [view.items.length, view.stream?.text, view.typing, target]);
  const toEnd = () => {
    ref.current?.scrollTo({ top: ref.current.scrollHeight });
  };
  return (
    <div className="timeline-box">
      <div
        id={LOG_ID}
        className="timeline"
        ref={ref}
        role="log"
        aria-label={t("conversation.log")}
        // A log that scrolls must be reachable with the keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
        onScroll={(event) => {
          const box = event.currentTarget;
          wasAtEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < STICKY_PX;
        }}
      >
        {view.items.map((item) => (
          <ItemView
            key={`${item.version}-${item.type}-${"offer_id" in item ? item.offer_id : ""}`}
            item={item}
            verdicts={verdicts}
            evidence={evidence}
            isImported={isImported}
            conversation={view.conversation}
            isTarget={item.type === "turn" && item.turn === target}
          />
        ))}
        <StagedDrafts view={view} />
        <Streaming view={view} />
        <TypingSign view={view} />
      </div>
      {target !== undefined && (
        <Button tone="quiet" onClick={toEnd}>
          {t("conversation.to_end")}
        </Button>
      )}
    </div>
  );
}

/** One and the same, so that a turn without them is drawn once. */
const NONE: [] = [];

type ItemProps = {
  item: Item;
  verdicts: ReadonlyMap<number, VerdictItem[]>;
  evidence: ReadonlyMap<number, Place[]>;
  isImported: boolean;
  conversation: string;
  isTarget: boolean;
};

function ItemView(props: ItemProps) {
  const { item, verdicts, evidence, isImported, conversation, isTarget } = props;
  switch (item.type) {
    case "turn":
      return (
        <TurnView
          item={item}
          verdicts={verdicts.get(item.turn) ?? NONE}
          evidence={evidence.get(item.turn) ?? NONE}
          isImported={isImported}
          conversation={conversation}
          isTarget={isTarget}
        />
      );
    case "floor":
      return <Seam item={item} />;
    case "verdict":
      return null; // shown beneath the turn it judges
    default:
      return <SideItem item={item} />;
  }
}

function verdictsByTurn(items: readonly Item[]): ReadonlyMap<number, VerdictItem[]> {
  const map = new Map<number, VerdictItem[]>();
  for (const item of items) {
    if (item.type !== "verdict") continue;
    map.set(item.turn, [...(map.get(item.turn) ?? []), item]);
  }
  return map;
}

/** What the assistant is saying just now. */
function Streaming({ view }: { view: StaffView }) {
  const { t } = useTranslation();
  if (view.stream === null) return null;
  return (
    <div className="turn by-assistant is-streaming">
      <AuthorIcon kind="assistant" />
      <div className="bubble">
        <p className="byline">{t("author.assistant_now")}</p>
        <RichText text={view.stream.text} />
      </div>
    </div>
  );
}

function TypingSign({ view }: { view: StaffView }) {
  const { t } = useTranslation();
  const typing = view.typing;
  if (typing === null) return <p className="typing" />;
  const holder = typing.who === "agent" ? view.state?.floor.agent?.name : undefined;
  const name = typing.name ?? holder ?? t(`author.${typing.who}`);
  return <p className="typing">{t("conversation.typing", { name })}</p>;
}
