/** From judged answers to a threshold that can be promised. */
import type { Tune, TuneRequest } from "@segue/client";
import "../dashboard/dashboard.css";
import "./tuning.css";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { type Loaded, useLoad } from "../../lib/hooks";
import { word } from "../../lib/words";
import { DAYS_BY_DEFAULT, paths } from "../../routes";
import { PageFrame } from "../../shell/shell";
import { Icon } from "../../ui/icon";
import { Tag, Time } from "../../ui/marks";
import { Await, Empty } from "../../ui/states";
import { percent } from "../dashboard/numbers";
import { RuleTiming } from "../dashboard/rule-timing";
import { Curve } from "./curve";
import { Week } from "./week";

/** The promises that are offered: one wrong answer in so many. */
const ALPHAS = [0.02, 0.05, 0.1, 0.15, 0.2] as const;
/** How sure the promise is: the chance that it does not hold. */
const DELTAS = [0.01, 0.05, 0.1, 0.2] as const;
const DAYS = [7, 28, 90] as const;

export default function Tuning() {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<TuneRequest>({ alpha: 0.1, delta: 0.1, days: 28 });
  const { loaded, reload, isStale } = useTune(wanted);
  return (
    <PageFrame
      title={t("tuning.title")}
      lead={t("tuning.lead")}
      actions={
        <a className="button" href={paths.review()}>
          {t("tuning.to_review")}
        </a>
      }
    >
      <Controls wanted={wanted} onWanted={setWanted} />
      <Await loaded={loaded} reload={reload} rows={8}>
        {(tune) => (
          <div className={isStale ? "stack is-stale" : "stack"} aria-busy={isStale}>
            <Alarm tune={tune} />
            <Recommendation tune={tune} wanted={wanted} />
            <Week tune={tune} />
            {tune.curve.length === 0 ? (
              <Empty icon="tune" title={t("tuning.empty")}>
                {t("tuning.empty_body")}
              </Empty>
            ) : (
              <Curve tune={tune} alpha={wanted.alpha} />
            )}
            <Basis tune={tune} />
          </div>
        )}
      </Await>
      <Timing days={wanted.days} />
    </PageFrame>
  );
}

/** When the rules called a person in too early, too late or not at all: what a threshold
 * cannot say. */
function Timing({ days = DAYS_BY_DEFAULT }: { days?: number }) {
  const { loaded, reload } = useLoad(() => api.dashboard(days, true), [days]);
  return (
    <Await loaded={loaded} reload={reload} rows={4}>
      {(figures) => <RuleTiming timings={figures.rule_timing} />}
    </Await>
  );
}

/** The answer to what is wanted; the one before stays while the next is computed. */
function useTune(wanted: TuneRequest) {
  const [loaded, setLoaded] = useState<Loaded<Tune>>({ status: "loading" });
  const [isStale, setStale] = useState(false);
  const [round, setRound] = useState(0);
  const { alpha, delta, days } = wanted;
  const has = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again after a failure
  useEffect(() => {
    const stop = new AbortController();
    setStale(true);
    if (!has.current) setLoaded({ status: "loading" });
    api.tune({ alpha, delta, days }, stop.signal).then(
      (data) => {
        has.current = true;
        setLoaded({ status: "ready", data });
        setStale(false);
      },
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setLoaded({ status: "failed", error });
        setStale(false);
      },
    );
    return () => stop.abort();
  }, [alpha, delta, days, round]);
  return { loaded, isStale, reload: () => setRound((n) => n + 1) };
}

type ControlsProps = { wanted: TuneRequest; onWanted: (wanted: TuneRequest) => void };

/** The promise in plain words: how many wrong answers, and how sure. */
function Controls({ wanted, onWanted }: ControlsProps) {
  const { t } = useTranslation();
  return (
    <section className="card tuning-controls" aria-label={t("tuning.promise")}>
      <label>
        <span>{t("tuning.at_most")}</span>
        <select
          value={wanted.alpha}
          onChange={(event) => onWanted({ ...wanted, alpha: Number(event.target.value) })}
        >
          {ALPHAS.map((alpha) => (
            <option key={alpha} value={alpha}>
              {t("tuning.one_in", { share: percent(alpha), n: oneIn(alpha) })}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t("tuning.how_sure")}</span>
        <select
          value={wanted.delta}
          onChange={(event) => onWanted({ ...wanted, delta: Number(event.target.value) })}
        >
          {DELTAS.map((delta) => (
            <option key={delta} value={delta}>
              {t("tuning.sure", { share: percent(1 - delta) })}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t("tuning.window")}</span>
        <select
          value={wanted.days}
          onChange={(event) => onWanted({ ...wanted, days: Number(event.target.value) })}
        >
          {DAYS.map((days) => (
            <option key={days} value={days}>
              {t("dashboard.days", { count: days })}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

/** `10` for a tenth; what is no whole number is rounded. */
function oneIn(share: number): number {
  return Math.round(1 / share);
}

function Alarm({ tune }: { tune: Tune }) {
  const { t } = useTranslation();
  if (!tune.alarm.fired) return null;
  return (
    <div className="problem" role="alert">
      <Icon name="warn" />
      <p>
        <strong>{t("tuning.alarm")}</strong> <span lang="en">{tune.alarm.sentence}</span>
      </p>
    </div>
  );
}

function Recommendation({ tune, wanted }: { tune: Tune; wanted: TuneRequest }) {
  const { t } = useTranslation();
  const { recommendation, refusal } = tune;
  const { direction, certificate } = recommendation;
  const threshold = recommendation.threshold ?? null;
  if (refusal) {
    return (
      <section className="card recommendation is-refused" aria-label={t("tuning.recommended")}>
        <Tag tone="waiting" icon="clock">
          {t("tuning.refused")}
        </Tag>
        <p className="recommendation-sentence" lang="en">
          {refusal.sentence}
        </p>
        {refusal.needed > 0 && (
          <p className="row">
            <strong>{t("tuning.needed", { count: refusal.needed })}</strong>
            <a href={paths.review()}>{t("tuning.to_review")}</a>
          </p>
        )}
      </section>
    );
  }
  const isNew = threshold !== null && threshold !== tune.accept;
  return (
    <section className="card recommendation" aria-label={t("tuning.recommended")}>
      <div className="recommendation-head">
        <p className="recommendation-number">
          {threshold === null ? "–" : threshold.toFixed(2)}
          <Tag tone={direction === "keep" ? "neutral" : "accent"}>
            {t(`tuning.${direction}`, { accept: tune.accept.toFixed(2) })}
          </Tag>
        </p>
        {isNew && (
          <a className="button accent" href={paths.policy("edit", { accept: threshold })}>
            <Icon name="tune" />
            {t("tuning.try")}
          </a>
        )}
      </div>
      <p className="recommendation-sentence" lang="en">
        {recommendation.sentence}
      </p>
      {recommendation.held_back && (
        <p className="quiet" lang="en">
          {recommendation.held_back}
        </p>
      )}
      {certificate && (
        <dl className="certificate">
          <div>
            <dt>{t("tuning.certificate")}</dt>
            <dd>
              {t("tuning.certified", {
                sure: percent(1 - certificate.delta),
                alpha: percent(certificate.alpha),
                count: certificate.graded,
              })}
            </dd>
          </div>
          <div>
            <dt>{t("tuning.valid")}</dt>
            <dd>
              <OptionalTime at={certificate.from} /> – <OptionalTime at={certificate.until} /> ·{" "}
              {t("tuning.expires")} <OptionalTime at={certificate.expires_at} />
            </dd>
          </div>
          <div>
            <dt>{t("tuning.hash")}</dt>
            <dd>
              <code className="wrap">{certificate.hash}</code>
            </dd>
          </div>
        </dl>
      )}
      {!certificate && threshold === null && (
        <p className="quiet">{t("tuning.no_promise", { share: percent(wanted.alpha) })}</p>
      )}
    </section>
  );
}

function OptionalTime({ at }: { at: string | undefined }) {
  return at ? <Time at={at} /> : "–";
}

/** What the figures rest on. */
function Basis({ tune }: { tune: Tune }) {
  const { t } = useTranslation();
  const { shown, withheld, unsure } = tune.graded;
  return (
    <section className="card stack-tight" aria-label={t("tuning.basis")}>
      <h2>{t("tuning.basis")}</h2>
      <p>{t("tuning.graded", { shown, withheld, unsure })}</p>
      {tune.aurc != null && (
        <p className="quiet small">{t("tuning.aurc", { value: tune.aurc.toFixed(3) })}</p>
      )}
      {tune.by_topic.length > 0 && (
        <ul className="plain outcomes">
          {tune.by_topic.map(({ topic, graded, wrong, threshold }) => (
            <li key={topic}>
              {t("tuning.topic", { topic, graded, wrong })}{" "}
              {threshold != null && <strong>{threshold.toFixed(2)}</strong>}
            </li>
          ))}
        </ul>
      )}
      {tune.outcomes.length > 0 && (
        <>
          <p className="quiet">{t("tuning.outcomes")}</p>
          <ul className="plain outcomes">
            {tune.outcomes.map(({ what, count }) => (
              <li key={what}>
                {word(t, "root_cause", what, word(t, "outcome_what", what, what))}{" "}
                <strong>{count}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
