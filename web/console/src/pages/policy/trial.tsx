import type { Trial, TrialRate, TrialText } from "@segue/client";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad, useNow } from "../../lib/hooks";
import { duration } from "../../lib/time";
import { verdictWord } from "../../lib/words";
import { paths } from "../../routes";
import { useMe } from "../../session";
import { Permitted } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Quoted, Tag, Time, type Tone } from "../../ui/marks";
import { Await, Empty } from "../../ui/states";
import { useToast } from "../../ui/toast";
import { percent, share } from "../dashboard/numbers";
import { WhatChanges } from "./live/go-live";
import { SaidDialog } from "./live/said-dialog";
import type { ViewProps } from "./policy";
import { SideBySide } from "./side/differences";
import { between } from "./side/what-if";

/** A running trial is counted again this often, in milliseconds. */
const REFRESH_MS = 5000;

/** The trial that runs, or the one that was asked for; beneath it those before. */
export function Trials({ id, ...props }: ViewProps & { id?: string }) {
  const { t } = useTranslation();
  const { loaded, reload } = useLoad(() => api.trials(), [props.policy.trial?.id]);
  return (
    <Await loaded={loaded} reload={reload} rows={4}>
      {(trials) => {
        const shown = id ?? props.policy.trial?.id ?? trials[0]?.id;
        if (shown === undefined) {
          return (
            <Empty icon="policy" title={t("trial.empty")}>
              {t("trial.empty_body")}
            </Empty>
          );
        }
        const others = trials.filter((one) => one.id !== shown);
        return (
          <div className="stack">
            <Live key={shown} id={shown} again={reload} {...props} />
            {others.length > 0 && <Others trials={others} />}
          </div>
        );
      }}
    </Await>
  );
}

function Others({ trials }: { trials: Trial[] }) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-label={t("trial.others")}>
      <h2>{t("trial.others")}</h2>
      <ul className="plain trial-list">
        {trials.map((one) => (
          <li key={one.id} className="row">
            <StateTag trial={one} />
            <a href={paths.policy("trial", { id: one.id })}>{one.reason}</a>
            <span className="small quiet">
              {t(`trial.${one.mode}`)} · {one.started_by} · <Time at={one.started_at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const TONES: Record<Trial["state"], Tone> = {
  running: "waiting",
  halted: "breach",
  stopped: "neutral",
  promoted: "resolved",
};

function StateTag({ trial }: { trial: Trial }) {
  const { t } = useTranslation();
  const icon = { running: "clock", halted: "warn", stopped: "close", promoted: "check" } as const;
  return (
    <Tag tone={TONES[trial.state]} icon={icon[trial.state]}>
      {t(`trial_state.${trial.state}`)}
    </Tag>
  );
}

type LiveProps = ViewProps & { id: string; again: () => void };

function Live({ id, again, ...props }: LiveProps) {
  const { loaded, reload, set } = useLoad(() => api.trial(id), [id]);
  const isRunning = loaded.status === "ready" && loaded.data.state === "running";
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => {
      // What is shown stays until the next count arrives.
      api.trial(id).then(set, () => undefined);
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [id, isRunning, set]);
  return (
    <Await loaded={loaded} reload={reload} rows={8}>
      {(trial) => (
        <One
          trial={trial}
          {...props}
          onEnded={() => {
            reload();
            again();
            props.reload();
          }}
        />
      )}
    </Await>
  );
}

type OneProps = ViewProps & { trial: TrialText; onEnded: () => void };

function One({ trial, policy, onChanged, onEnded }: OneProps) {
  const { t } = useTranslation();
  return (
    <article className="stack">
      <header className="card trial-head">
        <div className="stack-tight">
          <p className="row">
            <StateTag trial={trial} />
            <Tag>
              {t(`trial.${trial.mode}`)}
              {trial.mode === "canary" && ` · ${share(trial.share ?? 0)}`}
            </Tag>
            <code className="faint">{trial.version}</code>
          </p>
          <h2>{trial.reason}</h2>
          <p className="quiet">
            {trial.started_by} · <Time at={trial.started_at} /> · <Ran trial={trial} />
          </p>
          {trial.state === "running" && (
            <p className="quiet">
              {trial.mode === "shadow"
                ? t("trial.shadow_note")
                : t("trial.canary_note", { share: share(trial.share ?? 0) })}
            </p>
          )}
        </div>
        {trial.state === "running" && (
          <Actions trial={trial} onChanged={onChanged} onEnded={onEnded} />
        )}
      </header>
      {trial.state === "halted" && (
        <div className="problem" role="alert">
          <Icon name="warn" />
          <p>
            <strong>{t("trial.halted")}</strong> {trial.end_reason}
          </p>
        </div>
      )}
      {(trial.state === "stopped" || trial.state === "promoted") && trial.ended_at && (
        <p className="quiet">
          {t(`trial_state.${trial.state}`)} · {trial.ended_by} · <Time at={trial.ended_at} />
          <Quoted text={trial.end_reason} />
        </p>
      )}
      <Tally trial={trial} />
      <section className="card stack">
        <WhatChanges text={trial.text} against={trial.base} />
        {trial.base === policy.version && (
          <SideBySide
            before={policy.text}
            after={trial.text}
            beforeName={trial.base}
            afterName={t("trial.candidate")}
          />
        )}
      </section>
    </article>
  );
}

function Ran({ trial }: { trial: Trial }) {
  const { t } = useTranslation();
  const now = useNow(10_000);
  const end = trial.ended_at ? Date.parse(trial.ended_at) : now;
  const seconds = Math.max(0, (end - Date.parse(trial.started_at)) / 1000);
  return t(trial.ended_at ? "trial.ran" : "trial.runs_for", { time: duration(seconds) });
}

type ActionsProps = Pick<OneProps, "trial" | "onChanged" | "onEnded">;

function Actions({ trial, onChanged, onEnded }: ActionsProps) {
  const { t } = useTranslation();
  const { allowed } = useMe();
  const toast = useToast();
  const [asking, setAsking] = useState<"stop" | "promote" | null>(null);
  const close = () => setAsking(null);
  return (
    <div className="row">
      <Permitted allowed={allowed} action="edit_policy" onClick={() => setAsking("stop")}>
        {t("trial.stop")}
      </Permitted>
      <Permitted
        allowed={allowed}
        action="edit_policy"
        tone="accent"
        onClick={() => setAsking("promote")}
      >
        {t("trial.promote")}
      </Permitted>
      {asking === "stop" && (
        <SaidDialog
          title={t("trial.stop_title")}
          confirm={t("trial.stop")}
          tone="danger"
          onClose={close}
          onSaid={async ({ reason }) => {
            await api.stopTrial(trial.id, reason);
            toast(t("trial.stopped"));
            onEnded();
          }}
        >
          <p>{t(trial.mode === "shadow" ? "trial.stop_shadow" : "trial.stop_canary")}</p>
        </SaidDialog>
      )}
      {asking === "promote" && (
        <SaidDialog
          title={t("trial.promote_title")}
          confirm={t("trial.promote")}
          onClose={close}
          onSaid={async (said) => {
            const next = await api.promoteTrial(trial.id, said);
            toast(t("policy.activated", { version: next.version }));
            onEnded();
            onChanged(next);
          }}
        >
          <p>{t("live.activate_body")}</p>
        </SaidDialog>
      )}
    </div>
  );
}

function Tally({ trial }: { trial: TrialText }) {
  const { t } = useTranslation();
  const { tally } = trial;
  if (tally.conversations === 0) {
    return (
      <Empty icon="clock" title={t("trial.nothing_yet")}>
        {t("trial.nothing_yet_body")}
      </Empty>
    );
  }
  return (
    <div className="plots">
      <section className="card stack" aria-label={t("trial.rates")}>
        <h2>{t("trial.rates")}</h2>
        <Rates trial={trial} />
        <p className="small quiet">
          {t("trial.counted", { conversations: tally.conversations, turns: tally.turns })}{" "}
          {t("trial.band", { points: trial.band_points })}
        </p>
        {tally.leaves_band && (
          <p className="note-line tone-waiting">
            {t("trial.leaves_band", { points: trial.band_points })}
          </p>
        )}
      </section>
      <Agreement tally={tally} />
    </div>
  );
}

/** Of a shadow, which decides on the same conversations as the rules in force. */
function Agreement({ tally }: { tally: Trial["tally"] }) {
  const { t } = useTranslation();
  const { agree, newly, no_longer, elsewhere } = tally;
  // A canary has conversations of its own: there is nothing to agree on.
  if (agree == null) return null;
  const rows = [
    { kind: "agree", count: agree },
    { kind: "newly", count: newly ?? 0 },
    { kind: "no_longer", count: no_longer ?? 0 },
    { kind: "elsewhere", count: elsewhere ?? 0 },
  ] as const;
  const compared = rows.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className="card stack" aria-label={t("trial.agreement")}>
      <h2>
        {compared === 0
          ? t("trial.agreement")
          : t("trial.agree_title", { share: percent(agree / compared) })}
      </h2>
      <ul className="plain change-bars">
        {rows.map(({ kind, count }) => (
          <li key={kind} className="change-bar">
            <span className="change-name">{t(`trial_change.${kind}`)}</span>
            <span className="change-track" aria-hidden="true">
              <i
                className={`is-${kind}`}
                style={{ width: `${(count / Math.max(1, compared)) * 100}%` }}
              />
            </span>
            <strong className="change-count">{count}</strong>
          </li>
        ))}
      </ul>
      {tally.examples.length > 0 && (
        <ul className="plain change-examples">
          {tally.examples.map((one) => (
            <li key={`${one.conversation}-${one.turn}`}>
              <a href={paths.conversation(one.conversation, { turn: one.turn })}>
                {one.conversation} · {t("turn.number", { turn: one.turn })}
              </a>
              <p className="small quiet">
                {t("trial.active")}: {verdictWord(one.active.verdict, t)}{" "}
                <code>{one.active.rule}</code> → {t("trial.candidate")}:{" "}
                {verdictWord(one.candidate.verdict, t)} <code>{one.candidate.rule}</code>
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Both rates on one scale, with their intervals and the band of the one in force. */
function Rates({ trial }: { trial: TrialText }) {
  const { t } = useTranslation();
  const { active, candidate } = trial.tally;
  const points = trial.band_points / 100;
  const band =
    active.rate == null
      ? null
      : { lo: Math.max(0, active.rate - points), hi: Math.min(1, active.rate + points) };
  return (
    <div className="rates">
      {(
        [
          ["active", active],
          ["candidate", candidate],
        ] as const
      ).map(([key, rate]) => (
        <div key={key} className={`rate is-${key}`}>
          <p className="rate-name">
            <span>{t(`trial.${key}`)}</span>
            <strong>{percent(rate.rate ?? null)}</strong>
          </p>
          <RateBar rate={rate} band={band} />
          <p className="small quiet">
            {t("what_if.of", { escalated: rate.escalated, conversations: rate.conversations })}
            {rate.interval && ` · ${t("number.interval", between(rate.interval))}`}
          </p>
        </div>
      ))}
    </div>
  );
}

const BAR = { width: 320, height: 22, middle: 11 };

function RateBar({ rate, band }: { rate: TrialRate; band: { lo: number; hi: number } | null }) {
  const x = (value: number) => value * BAR.width;
  const [lo = null, hi = null] = rate.interval ?? [];
  return (
    <svg
      className="number-bar"
      viewBox={`0 0 ${BAR.width} ${BAR.height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect className="bar-ground" x="0" y={BAR.middle - 5} width={BAR.width} height="10" rx="3" />
      {band && (
        <rect
          className="bar-band"
          x={x(band.lo)}
          y={BAR.middle - 9}
          width={x(band.hi - band.lo)}
          height="18"
          rx="3"
        />
      )}
      {rate.rate != null && (
        <rect
          className="bar-value"
          x="0"
          y={BAR.middle - 3}
          width={Math.max(2, x(rate.rate))}
          height="6"
          rx="2"
        />
      )}
      {lo !== null && hi !== null && (
        <path
          className="bar-interval"
          d={`M${x(lo)} ${BAR.middle - 4}v8M${x(lo)} ${BAR.middle}H${x(hi)}M${x(hi)} ${BAR.middle - 4}v8`}
        />
      )}
    </svg>
  );
}
