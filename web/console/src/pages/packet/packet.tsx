import "./packet.css";
import { ApiError, type Packet, safeLink } from "@segue/client";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import type { Loaded } from "../../lib/hooks";
import { word } from "../../lib/words";
import type { StaffView } from "../../live/store";
import { useMe } from "../../session";
import { Button } from "../../ui/button";
import { Tag, type Tone } from "../../ui/marks";
import { SafeLink } from "../../ui/rich-text";
import { Empty, Failed, Problem, Skeleton } from "../../ui/states";
import { Generated } from "./generated";
import type { PacketReading } from "./reading";
import { Sparkline } from "./sparkline";
import { SignalList } from "./trace";
import { TurnLink } from "./turn-link";

type PanelProps = { view: StaffView; reading: PacketReading };

/** What the next person must know, each fact with the turn it comes from. */
export function PacketPanel({ view, reading }: PanelProps) {
  const { t } = useTranslation();
  const { loaded, reload } = usePacket(view);
  return (
    <div className="packet" ref={reading.panel}>
      <PacketBody view={view} loaded={loaded} reload={reload} />
      {reading.mayRead && loaded.status === "ready" && (
        <div className="packet-foot">
          <Problem error={reading.error} />
          <Button
            tone="accent"
            icon="check"
            shortcut="P"
            disabled={reading.isBusy}
            onClick={() => void reading.read()}
          >
            {t("packet.read")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The packet of this escalation; a newer one replaces the older when it is there. */
function usePacket(view: StaffView): { loaded: Loaded<Packet>; reload: () => void } {
  const [loaded, setLoaded] = useState<Loaded<Packet>>({ status: "loading" });
  const [round, setRound] = useState(0);
  const { conversation, state } = view;
  const escalation = state?.escalation?.id;
  const epoch = state?.epoch;
  const attached = view.items.filter((item) => item.type === "summary").at(-1)?.version;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new escalation, epoch or model's version brings a new packet
  useEffect(() => {
    let isCurrent = true;
    api.packet(conversation).then(
      (data) => isCurrent && setLoaded({ status: "ready", data }),
      (error: unknown) => isCurrent && setLoaded({ status: "failed", error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [conversation, escalation, epoch, attached, round]);
  return { loaded, reload: () => setRound((n) => n + 1) };
}

function PacketBody({
  view,
  loaded,
  reload,
}: {
  view: StaffView;
  loaded: Loaded<Packet>;
  reload: () => void;
}) {
  const { t } = useTranslation();
  switch (loaded.status) {
    case "loading":
      return <Skeleton rows={6} />;
    case "failed":
      if (isNoPacket(loaded.error)) {
        return (
          <Empty icon="packet" title={t("packet.none")}>
            {t("packet.none_body")}
          </Empty>
        );
      }
      return <Failed error={loaded.error} onRetry={reload} />;
    case "ready":
      return <Sections view={view} packet={loaded.data} />;
  }
}

/** Nothing was handed over, so there is nothing to read; everything else is a failure. */
function isNoPacket(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.code === "no_escalation");
}

function Sections({ view, packet }: { view: StaffView; packet: Packet }) {
  const { t } = useTranslation();
  const at = (turn: number) => <TurnLink conversation={view.conversation} turn={turn} />;
  return (
    <>
      <Section title={t("packet.wants")}>
        <p className="core">
          {packet.core_intent.text} {at(packet.core_intent.turn)}
        </p>
        {packet.summary
          .filter((part) => part.text !== packet.core_intent.text)
          .map((part) => (
            <p key={`${part.turn}-${part.text}`} className="quiet">
              {part.text} {at(part.turn)}
            </p>
          ))}
      </Section>
      {packet.generated && (
        <Generated conversation={view.conversation} version={packet.generated} />
      )}
      <Section title={t("packet.tried")}>
        {packet.attempted_solutions.length === 0 && (
          <p className="faint">{t("packet.tried_none")}</p>
        )}
        <ul className="plain stack-2">
          {packet.attempted_solutions.map((attempt) => (
            <li key={`${attempt.turn}-${attempt.what}`}>
              <Attempt attempt={attempt} /> {at(attempt.turn)}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("packet.who")}>
        <dl className="facts">
          {packet.metadata.map((fact) => (
            <div key={fact.label}>
              <dt>{word(t, "fact", fact.label, fact.label)}</dt>
              <dd className="wrap" dir="auto">
                {word(t, "fact", fact.value, fact.value)}
              </dd>
            </div>
          ))}
        </dl>
        <Sparkline curve={packet.sentiment_curve} />
      </Section>
      <Section title={t("packet.facts")}>
        {packet.entities.length === 0 && <p className="faint">{t("packet.facts_none")}</p>}
        <ul className="plain entities">
          {packet.entities.map((entity) => (
            <li key={`${entity.kind}-${entity.value}-${entity.turn}`}>
              <span className="faint">{word(t, "entity", entity.kind, entity.kind)}</span>
              {entity.replaced_by === undefined ? (
                <code>{entity.value}</code>
              ) : (
                <>
                  <del>
                    <code>{entity.value}</code>
                  </del>{" "}
                  <span className="faint">
                    {t("packet.replaced_by", { value: entity.replaced_by })}
                  </span>
                </>
              )}{" "}
              {at(entity.turn)}
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("packet.why_now")}>
        <p>{packet.trigger.reason}</p>
        {packet.trigger.told && (
          <figure className="told">
            <figcaption className="faint">{t("packet.told")}</figcaption>
            <blockquote>{packet.trigger.told.join(" ")}</blockquote>
          </figure>
        )}
        <details className="why-now">
          <summary>{t("packet.trace")}</summary>
          <p className="faint">
            {t("packet.rule")} <code>{packet.trigger.rule}</code>
          </p>
          <SignalList signals={packet.trigger.signals} />
        </details>
      </Section>
      <Section title={t("packet.ask")}>
        {packet.open_questions.length === 0 && <p className="faint">{t("packet.ask_none")}</p>}
        <ul className="asks">
          {packet.open_questions.map((question) => (
            <li key={question}>{question}</li>
          ))}
        </ul>
      </Section>
      <p className="faint small packet-origin" title={packet.content_hash}>
        {t("packet.origin", { turn: packet.through, policy: packet.policy })}
      </p>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="packet-section">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

const OUTCOMES: Record<Packet["attempted_solutions"][number]["outcome"], Tone> = {
  confirmed: "resolved",
  rejected: "waiting",
  failed: "breach",
  unknown: "neutral",
};

function Attempt({ attempt }: { attempt: Packet["attempted_solutions"][number] }) {
  const { t } = useTranslation();
  const me = useMe();
  // Articles stand on the customers' site, not here.
  const link = attempt.url === undefined ? null : safeLink(absolute(attempt.url, me.widget_url));
  return (
    <>
      {link ? <SafeLink text={attempt.what} url={link.url} host={link.host} /> : attempt.what}{" "}
      <Tag tone={OUTCOMES[attempt.outcome]}>{t(`attempt.${attempt.outcome}`)}</Tag>
    </>
  );
}

function absolute(url: string, site: string): string {
  try {
    return new URL(url, site).href;
  } catch {
    return url;
  }
}
