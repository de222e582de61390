import type { WhatIf, WhatIfDecision, WhatIfExample, WhatIfSide } from "@segue/client";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { verdictWord, word } from "../../../lib/words";
import { paths } from "../../../routes";
import { Icon } from "../../../ui/icon";
import { Empty, Failed } from "../../../ui/states";
import { percent } from "../../dashboard/numbers";
import type { WhatIfRange, WhatIfState } from "./use-what-if";
import { ByDay } from "./what-if-days";

const WHAT_IF_DAYS = [7, 28, 90] as const;

/** What can become of a conversation, in the order of the bars; the rest goes as it went. */
const CHANGE_KINDS = ["newly", "earlier", "later", "no_longer", "elsewhere"] as const;
type ChangeKind = (typeof CHANGE_KINDS)[number];

type Props = {
  whatIf: WhatIfState;
  range: WhatIfRange;
  onRange: (range: WhatIfRange) => void;
  isClean: boolean;
  isChanged: boolean;
};

/** What the text would have made of the conversations of the last days. */
export function WhatIfPanel({ whatIf, range, onRange, isClean, isChanged }: Props) {
  const { t } = useTranslation();
  return (
    <div className="stack">
      <div className="row what-if-range">
        <label className="row">
          <span className="quiet">{t("what_if.range")}</span>
          <select
            className="slim"
            value={range.days}
            onChange={(event) => onRange({ ...range, days: Number(event.target.value) })}
          >
            {WHAT_IF_DAYS.map((days) => (
              <option key={days} value={days}>
                {t("dashboard.days", { count: days })}
              </option>
            ))}
          </select>
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={range.include_demo}
            onChange={(event) => onRange({ ...range, include_demo: event.target.checked })}
          />
          {t("what_if.demo")}
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={range.include_imported}
            onChange={(event) => onRange({ ...range, include_imported: event.target.checked })}
          />
          {t("what_if.imported")}
        </label>
      </div>
      <Outcome whatIf={whatIf} isClean={isClean} isChanged={isChanged} days={range.days} />
    </div>
  );
}

type OutcomeProps = Pick<Props, "whatIf" | "isClean" | "isChanged"> & { days: number };

function Outcome({ whatIf, isClean, isChanged, days }: OutcomeProps) {
  const { t } = useTranslation();
  if (!isChanged) {
    return (
      <Empty icon="tune" title={t("what_if.unchanged")}>
        {t("what_if.unchanged_body")}
      </Empty>
    );
  }
  if (!isClean) return <p className="quiet">{t("try.not_clean")}</p>;
  switch (whatIf.status) {
    case "idle":
      return null;
    case "failed":
      return <Failed error={whatIf.error} onRetry={whatIf.retry} />;
    case "running":
      return <Progress done={whatIf.done} total={whatIf.total} />;
    case "done":
      return whatIf.report.before.conversations === 0 ? (
        <Empty icon="list" title={t("what_if.nothing")}>
          {t("what_if.nothing_body")}
        </Empty>
      ) : (
        <Report report={whatIf.report} days={days} />
      );
  }
}

function Progress({ done, total }: { done: number; total: number }) {
  const { t } = useTranslation();
  return (
    <div className="what-if-progress" role="status">
      <p className="quiet">
        {total === 0 ? t("what_if.starting") : t("what_if.progress", { done, total })}
      </p>
      <progress
        aria-label={t("what_if.name")}
        max={total || 1}
        value={total === 0 ? undefined : done}
      />
    </div>
  );
}

/** `+3.1 pt`: how far the escalation rate moves. */
export function pointsSaid(report: WhatIf, t: TFunction): string {
  const moved = points(report);
  if (moved === null) return "–";
  const sign = moved > 0 ? "+" : moved < 0 ? "−" : "±";
  return t("what_if.points", { points: `${sign}${Math.abs(moved).toFixed(1)}` });
}

function points({ before, after }: WhatIf): number | null {
  if (before.rate === undefined || after.rate === undefined) return null;
  return (after.rate - before.rate) * 100;
}

/** Less than this says nothing about the direction, in points. */
const STILL = 0.05;

function sentence(report: WhatIf, days: number, t: TFunction): string {
  const moved = points(report);
  const { before, after } = report;
  const changed = before.conversations - report.changes.same;
  const values = {
    count: before.conversations,
    days,
    before: percent(before.rate ?? null),
    after: percent(after.rate ?? null),
    points: Math.abs(moved ?? 0).toFixed(1),
  };
  if (changed === 0) return t("what_if.title_same", values);
  if (moved === null || Math.abs(moved) < STILL) {
    return t("what_if.title_level", { ...values, changed });
  }
  return t(moved > 0 ? "what_if.title_more" : "what_if.title_fewer", values);
}

function Report({ report, days }: { report: WhatIf; days: number }) {
  const { t } = useTranslation();
  return (
    <div className="stack what-if">
      <p className="what-if-title" role="status">
        {sentence(report, days, t)}
      </p>
      <div className="what-if-sides">
        <SideNumber name={t("what_if.before")} side={report.before} />
        <span className="what-if-arrow" aria-hidden="true">
          →
        </span>
        <SideNumber name={t("what_if.after")} side={report.after} isAfter />
      </div>
      <ByDay report={report} />
      <Changes report={report} />
      <ByTrigger report={report} />
      <Limits report={report} />
    </div>
  );
}

function SideNumber({
  name,
  side,
  isAfter = false,
}: {
  name: string;
  side: WhatIfSide;
  isAfter?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <div className={isAfter ? "what-if-side is-after" : "what-if-side"}>
      <p className="small quiet">{name}</p>
      <p className="what-if-rate">{percent(side.rate ?? null)}</p>
      <p className="small quiet">
        {t("what_if.of", { escalated: side.escalated, conversations: side.conversations })}
        {side.interval && (
          <>
            <br />
            {t("number.interval", between(side.interval))}
          </>
        )}
      </p>
    </div>
  );
}

/** The two ends of an interval, in words. */
export function between([lo, hi]: number[]): { lo: string; hi: string } {
  return { lo: percent(lo ?? null), hi: percent(hi ?? null) };
}

/** What becomes of the conversations, each kind with examples to read. */
function Changes({ report }: { report: WhatIf }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...CHANGE_KINDS.map((kind) => report.changes[kind]));
  return (
    <section aria-label={t("what_if.changes")}>
      <h3>{t("what_if.changes")}</h3>
      <ul className="plain change-bars">
        {CHANGE_KINDS.map((kind) => (
          <li key={kind}>
            <ChangeBar
              kind={kind}
              count={report.changes[kind]}
              most={most}
              examples={report.examples.filter(({ change }) => change === kind)}
            />
          </li>
        ))}
      </ul>
      <p className="small quiet">{t("what_if.same", { count: report.changes.same })}</p>
    </section>
  );
}

type BarProps = { kind: ChangeKind; count: number; most: number; examples: WhatIfExample[] };

function ChangeBar({ kind, count, most, examples }: BarProps) {
  const { t } = useTranslation();
  const bar = (
    <>
      <span className="change-name">{t(`change.${kind}`)}</span>
      <span className="change-track" aria-hidden="true">
        <i className={`is-${kind}`} style={{ width: `${(count / most) * 100}%` }} />
      </span>
      <strong className="change-count">{count}</strong>
    </>
  );
  if (examples.length === 0) return <div className="change-bar">{bar}</div>;
  return (
    <details>
      <summary className="change-bar">{bar}</summary>
      <p className="small quiet">{t(`change_note.${kind}`)}</p>
      <ul className="plain change-examples">
        {examples.map((one) => (
          <li key={`${one.conversation}-${one.turn}`}>
            <a href={paths.conversation(one.conversation, { turn: one.turn })}>
              {one.conversation} · {t("turn.number", { turn: one.turn })}
            </a>
            {one.customer !== "" && <blockquote dir="auto">{one.customer}</blockquote>}
            <p className="small quiet">
              <DecisionSaid decision={one.before} /> → <DecisionSaid decision={one.after} />
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

export function DecisionSaid({ decision }: { decision: WhatIfDecision | undefined }) {
  const { t } = useTranslation();
  if (decision === undefined) return t("what_if.no_handoff");
  return (
    <span>
      {verdictWord(decision.verdict, t)} <code>{decision.rule}</code>
      {decision.queue && ` · ${decision.queue}`}
      {` · ${t("turn.number", { turn: decision.turn })}`}
    </span>
  );
}

/** Why people would have been called in, before and after. */
function ByTrigger({ report }: { report: WhatIf }) {
  const { t } = useTranslation();
  const count = (side: WhatIfSide, trigger: string) =>
    side.by_trigger.find((one) => one.trigger === trigger)?.count ?? 0;
  const triggers = [
    ...new Set([...report.before.by_trigger, ...report.after.by_trigger].map((one) => one.trigger)),
  ];
  const rows = triggers
    .map((trigger) => ({
      trigger,
      before: count(report.before, trigger),
      after: count(report.after, trigger),
    }))
    .sort(
      (a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || b.after - a.after,
    );
  if (rows.length === 0) return null;
  const most = Math.max(1, ...rows.flatMap(({ before, after }) => [before, after]));
  return (
    <section aria-label={t("what_if.by_trigger")}>
      <h3>{t("what_if.by_trigger")}</h3>
      <table className="trigger-table">
        <thead>
          <tr>
            <th scope="col">{t("what_if.trigger")}</th>
            <th scope="col" className="number">
              {t("what_if.before")}
            </th>
            <th scope="col" className="number">
              {t("what_if.after")}
            </th>
            <th scope="col">
              <span className="sr-only">{t("what_if.drawn")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ trigger, before, after }) => (
            <tr key={trigger} className={before === after ? "is-same" : undefined}>
              <th scope="row">{word(t, "trigger", trigger, trigger)}</th>
              <td className="number">{before}</td>
              <td className="number">{after}</td>
              <td className="pair" aria-hidden="true">
                <i className="is-before" style={{ width: `${(before / most) * 100}%` }} />
                <i className="is-after" style={{ width: `${(after / most) * 100}%` }} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How far the replay may be believed. */
function Limits({ report }: { report: WhatIf }) {
  const { t } = useTranslation();
  const { turns, same } = report.decided_again;
  return (
    <section className="limits" aria-label={t("what_if.limits")}>
      <h3>{t("what_if.limits")}</h3>
      <p>
        {t("what_if.exact", {
          share: percent(report.exact_share ?? null),
          exact: report.exact,
          count: report.censored,
        })}
        {report.censored > 0 && report.after.bounds && (
          <> {t("what_if.bounds", between(report.after.bounds))}</>
        )}
      </p>
      <p className="quiet small row">
        <Icon name={same === turns ? "check" : "warn"} size={12} />
        {same === turns
          ? t("what_if.again_same", { count: turns })
          : t("what_if.again_differs", { count: turns - same, turns })}
      </p>
      <ul className="small quiet" lang="en">
        {report.limits.map(({ code, sentence }) => (
          <li key={code}>{sentence}</li>
        ))}
      </ul>
    </section>
  );
}
