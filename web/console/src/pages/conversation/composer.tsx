/**
 * Where an agent writes. It is never a dead box: while it is closed it says why and
 * offers the one thing that opens it. What was typed is kept until it was said.
 */
import { ApiError, freshKey } from "@segue/client";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction } from "../../lib/hooks";
import { reasonText } from "../../lib/words";
import { useLiveStore } from "../../live/hooks";
import type { StaffView } from "../../live/store";
import { Button, Permitted } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Problem } from "../../ui/states";
import { useToast } from "../../ui/toast";
import type { PacketReading } from "../packet/reading";
import { TakeDialog } from "./dialogs/take";
import { Hints, useHints } from "./hint";
import { drafts } from "./local-drafts";
import { LOG_ID } from "./timeline";

type ComposerProps = { view: StaffView; reading: PacketReading; onRead: () => void };

export function Composer({ view, reading, onRead }: ComposerProps) {
  const { t } = useTranslation();
  const state = view.state;
  const [kept, setKept] = useState(() => drafts.kept(view.conversation));
  const hasLeft = state?.has_customer_left === true;
  // Nobody reads a reply any more once the customer has left.
  const isOpen = state?.allowed.reply?.ok === true && !hasLeft;
  useEffect(() => {
    // What was being written when the floor went elsewhere: still here, and said so.
    const left = drafts.read(view.conversation).trim();
    if (isOpen || left === "") return;
    drafts.keep(view.conversation, left);
    drafts.write(view.conversation, "");
    setKept(left);
  }, [isOpen, view.conversation]);
  if (state === null) return null;
  const keep = (text: string) => {
    drafts.keep(view.conversation, text);
    setKept(text);
  };
  const whyKept = () => {
    if (hasLeft) return t("composer.kept_left");
    const name = state.floor.agent?.name;
    return name ? t("composer.kept_by", { name }) : t("composer.kept");
  };
  const mode = () => {
    if (hasLeft) return <HasLeft />;
    if (reading.isNeeded) return <ReadFirst reading={reading} onRead={onRead} />;
    // What waits is taken first: a reply would begin without a look at the packet.
    const waits = state.floor.holder === "queue" || state.floor.holder === "locked";
    if (isOpen && !waits) {
      return <Writing view={view} onFloorLost={keep} />;
    }
    return <Closed view={view} />;
  };
  return (
    <div className="composer">
      {kept !== "" && (
        <Kept
          conversation={view.conversation}
          text={kept}
          mayNote={state.allowed.note?.ok === true}
          why={whyKept()}
          onGone={() => keep("")}
        />
      )}
      {mode()}
    </div>
  );
}

/** What it came to is still to be said. */
function HasLeft() {
  const { t } = useTranslation();
  return (
    <p className="composer-gate" role="status">
      <strong>{t("composer.customer_left")}</strong>
      <span className="quiet"> {t("composer.customer_left_then")}</span>
    </p>
  );
}

function ReadFirst({ reading, onRead }: { reading: PacketReading; onRead: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="composer-gate">
      <p>
        <strong>{t("composer.read_first")}</strong>
        <span className="quiet"> {t("composer.read_first_why")}</span>
      </p>
      <Button tone="accent" icon="packet" shortcut="P" disabled={reading.isBusy} onClick={onRead}>
        {t("composer.read")}
      </Button>
    </div>
  );
}

function Closed({ view }: { view: StaffView }) {
  const { t } = useTranslation();
  const { run, isBusy, error } = useAction();
  const store = useLiveStore();
  const [isAsked, setAsked] = useState(false);
  const { state } = view;
  if (state === null) return null;
  const { allowed, floor, epoch } = state;
  const { reply } = allowed;
  const take = () =>
    run(async () => {
      await api.take(view.conversation, epoch);
      await store.refresh(view.conversation);
    });
  const why = () => {
    if (reply === undefined) return t("composer.closed");
    return reply.ok ? t("composer.take_first") : reasonText(t, reply, floor);
  };
  return (
    <div className="composer-gate">
      <p className="quiet">{why()}</p>
      {allowed.take?.ok === true && (
        <Permitted
          allowed={allowed}
          action="take"
          tone="accent"
          icon="seam"
          disabled={isBusy}
          onClick={() => (floor.holder === "agent" ? setAsked(true) : void take())}
        >
          {t("actions.take")}
        </Permitted>
      )}
      <Problem error={error} />
      {isAsked && <TakeDialog view={view} onClose={() => setAsked(false)} />}
    </div>
  );
}

function Writing({ view, onFloorLost }: { view: StaffView; onFloorLost: (text: string) => void }) {
  const { t } = useTranslation();
  const store = useLiveStore();
  const { conversation } = view;
  const [text, setText] = useState(() => drafts.read(conversation));
  const [isOffered, setOffered] = useState(true);
  const { isBusy, error, run } = useAction();
  const box = useRef<HTMLTextAreaElement>(null);
  /** One key per text: sending the same text again after a broken line says it once. */
  const attempt = useRef({ text: "", key: "" });
  const line = useFirstLine(view);
  const offered = isOffered && text === "" && line !== null ? line : null;
  const { hints, dismiss } = useHints(conversation, text);

  // The composer has just opened: the next thing the agent does is write.
  useEffect(() => box.current?.focus(), []);

  const change = (next: string) => {
    setText(next);
    drafts.write(conversation, next);
    if (next !== "") store.typing(conversation);
  };
  /** Where the cursor stands, with a space where words would touch. */
  const insert = (value: string) => {
    const at = box.current?.selectionEnd ?? text.length;
    const [before, after] = [text.slice(0, at), text.slice(at)];
    const gap = before === "" || /\s$/.test(before) ? "" : " ";
    change(`${before}${gap}${value}${after}`);
    box.current?.focus();
  };
  const send = () =>
    run(async () => {
      const said = text.trim();
      const epoch = view.state?.epoch;
      if (said === "" || epoch === undefined) return;
      if (attempt.current.text !== said) attempt.current = { text: said, key: freshKey() };
      try {
        await api.reply(conversation, said, epoch, attempt.current.key);
      } catch (cause) {
        if (!(cause instanceof ApiError) || cause.code !== "floor_lost") throw cause;
        onFloorLost(said);
      }
      change("");
      await store.refresh(conversation);
    });
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.shiftKey || event.ctrlKey || event.altKey) return;
    if (offered !== null && (event.key === "Tab" || event.key === "Enter")) {
      event.preventDefault();
      change(offered);
    } else if (event.key === "Escape") {
      // First away with the line, then out of the box, so that the page's keys work.
      if (offered !== null) setOffered(false);
      else if (hints.length > 0) dismiss();
      else document.getElementById(LOG_ID)?.focus();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!isBusy) void send();
    }
  };
  return (
    <form
      className="composer-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void send();
      }}
    >
      <Problem error={error} />
      {offered !== null && (
        <div className="first-line">
          <p>
            <span className="faint small">{t("composer.first_line")}</span>
            <span id="first-line">{offered}</span>
          </p>
          <Button onClick={() => change(offered)}>{t("composer.insert")}</Button>
        </div>
      )}
      <Hints
        conversation={conversation}
        hints={hints}
        onInsert={insert}
        onDismiss={() => {
          dismiss();
          box.current?.focus();
        }}
      />
      <label className="sr-only" htmlFor="composer-text">
        {t("composer.label")}
      </label>
      <textarea
        id="composer-text"
        ref={box}
        rows={3}
        value={text}
        placeholder={offered !== null ? t("composer.placeholder_tab") : t("composer.placeholder")}
        aria-describedby={offered !== null ? "first-line" : undefined}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKey}
      />
      <div className="row spread">
        <span className="faint small">
          {view.state?.floor.holder === "agent" ? t("composer.keys") : t("composer.takes_floor")}
        </span>
        <Button type="submit" tone="accent" icon="send" disabled={isBusy || text.trim() === ""}>
          {t("composer.send")}
        </Button>
      </div>
    </form>
  );
}

/** The packet's first line, offered until an agent has said something since the floor came here. */
function useFirstLine(view: StaffView): string | null {
  const { conversation, items, state } = view;
  const [line, setLine] = useState<string | null>(null);
  const hasEscalation = state?.escalation !== undefined;
  useEffect(() => {
    if (!hasEscalation) return;
    let isCurrent = true;
    // Without the packet there is simply no line to offer; the panel says what went wrong.
    api.packet(conversation).then(
      (packet) => isCurrent && setLine(packet.suggested_first_line || null),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [conversation, hasEscalation]);
  const epoch = state?.epoch ?? 0;
  const hasSpoken = items.some(
    (item) => item.type === "turn" && item.author.kind === "agent" && item.epoch >= epoch,
  );
  return hasSpoken ? null : line;
}

type KeptProps = {
  conversation: string;
  text: string;
  mayNote: boolean;
  why: string;
  onGone: () => void;
};

/** A text that could not be said any more: what happened, what was kept, what to do with it. */
function Kept({ conversation, text, mayNote, why, onGone }: KeptProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const { isBusy, error, run } = useAction();
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast(t("common.copied"));
  };
  const note = async () => {
    if (await run(() => api.note(conversation, text))) onGone();
  };
  return (
    <section className="kept" aria-label={t("composer.kept_name")}>
      <p role="alert">
        <Icon name="warn" />
        {why}
      </p>
      <blockquote>{text}</blockquote>
      <Problem error={error} />
      <div className="row">
        <Button onClick={() => void copy()}>{t("common.copy")}</Button>
        {mayNote && (
          <Button icon="note" disabled={isBusy} onClick={() => void note()}>
            {t("composer.kept_note")}
          </Button>
        )}
        <Button tone="quiet" onClick={onGone}>
          {t("composer.kept_drop")}
        </Button>
      </div>
    </section>
  );
}
