/** The weekly report: what changed, why, and what to do about it; and when it is sent. */
import "../dashboard/dashboard.css";
import "./report.css";
import type { FigureChange, ReasonChange, ReportAction, WeeklyReport } from "@segue/client";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { word } from "../../lib/words";
import { paths } from "../../routes";
import { PageFrame } from "../../shell/shell";
import { Button } from "../../ui/button";
import { Tag } from "../../ui/marks";
import { Await, Empty } from "../../ui/states";
import { percent, seconds } from "../dashboard/numbers";
import { Plot } from "../dashboard/plot";
import { AlarmCard } from "./alarm-card";
import { Causes } from "./causes";
import { ScheduleCard } from "./schedule-card";

type Props = {
  /** An ISO week; the last whole one if absent. */
  week?: string;
};

export default function Report({ week }: Props) {
  const { t } = useTranslation();
  const { loaded, reload } = useLoad(() => api.weeklyReport(week), [week]);
  return (
    <PageFrame
      title={t("report.title")}
      lead={t("report.lead")}
      actions={
        <>
          <a className="button" href={api.reportFile("html", week)} download>
            {t("report.as_page")}
          </a>
          <a className="button" href={api.reportFile("markdown", week)} download>
            {t("report.as_text")}
          </a>
          <Button tone="quiet" onClick={() => window.print()}>
            {t("dashboard.print")}
          </Button>
        </>
      }
    >
      <Await loaded={loaded} reload={reload} rows={8}>
        {(report) => <Week report={report} />}
      </Await>
      <ScheduleCard />
    </PageFrame>
  );
}

function Week({ report }: { report: WeeklyReport }) {
  const { t } = useTranslation();
  const [first, last] = report.days;
  return (
    <div className="stack">
      <nav className="report-weeks" aria-label={t("report.week")}>
        <a className="button quiet" href={paths.report(report.week_before)}>
          {t("report.before")}
        </a>
        <h2>{t("report.days", { first, last })}</h2>
        <a className="button quiet" href={paths.report()}>
          {t("report.latest")}
        </a>
      </nav>
      {report.demo_share > 0 && (
        <p className="small quiet">{t("report.invented", { share: percent(report.demo_share) })}</p>
      )}
      {report.conversations === 0 ? (
        <Empty icon="chart" title={t("report.empty")}>
          {t("report.empty_body")}
        </Empty>
      ) : (
        <>
          <Actions actions={report.actions} />
          <Changes report={report} />
          <div className="report-pair">
            <Reasons
              title={reasonsTitle("trigger", report.by_trigger, t)}
              reasons={inWords("trigger", report.by_trigger, t)}
            />
            <Reasons
              title={reasonsTitle("root_cause", report.by_root_cause, t)}
              reasons={inWords("root_cause", report.by_root_cause, t)}
            />
          </div>
          <Causes causes={report.causes} />
          <AlarmCard alarm={report.alarm} />
        </>
      )}
    </div>
  );
}

/** What to do: the weightiest first, each with what says so and the way there. */
function Actions({ actions }: { actions: ReportAction[] }) {
  const { t } = useTranslation();
  return (
    <section className="card report-card" aria-labelledby="report-actions">
      <h2 id="report-actions">{t("report.actions")}</h2>
      {actions.length === 0 ? (
        <p className="quiet">{t("report.no_action")}</p>
      ) : (
        <ol className="report-actions">
          {actions.map((action) => (
            <li key={action.title}>
              <h3>{action.title}</h3>
              <p>{action.evidence}</p>
              <p>
                <a className="button accent" href={action.path}>
                  {word(t, "report_place", action.place, action.label)}
                </a>
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Changes({ report }: { report: WeeklyReport }) {
  const { t } = useTranslation();
  return (
    <section className="card report-card" aria-labelledby="report-changes">
      <h2 id="report-changes">{changesTitle(report.changes, t)}</h2>
      <div className="scroll-x">
        <table>
          <thead>
            <tr>
              <th>{t("report.figure")}</th>
              <th className="number">{t("report.this_week")}</th>
              <th>{t("report.interval")}</th>
              <th className="number">n</th>
              <th className="number">{t("report.week_before")}</th>
              <th>{t("report.change")}</th>
            </tr>
          </thead>
          <tbody>
            {report.changes.map((change) => (
              <tr key={change.id}>
                <th scope="row">
                  {nameOf(change, t)}{" "}
                  {change.is_provisional && <Tag tone="waiting">{t("report.provisional")}</Tag>}
                </th>
                <td className="number">{inUnit(change, change.value)}</td>
                <td>
                  {change.lo != null && change.hi != null
                    ? `${percent(change.lo)}–${percent(change.hi)}`
                    : ""}
                </td>
                <td className="number">{change.n}</td>
                <td className="number">{inUnit(change, change.before)}</td>
                <td>{movedOf(change, t)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Handoffs for each 100 conversations: this week's bar, a mark at the week before. */
function Reasons({ title, reasons }: { title: string; reasons: ReasonChange[] }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...reasons.flatMap((it) => [it.per_100, it.per_100_before]));
  if (reasons.length === 0) {
    return (
      <section className="card">
        <h2>{title}</h2>
        <p className="quiet">{t("report.no_handoffs")}</p>
      </section>
    );
  }
  return (
    <Plot
      title={title}
      note={t("report.reasons_note")}
      rows={reasons}
      keyOf={(reason) => reason.key}
      columns={[
        { name: t("report.reason"), cell: (reason) => reason.label },
        { name: t("report.handoffs"), isNumber: true, cell: (reason) => reason.n },
        { name: t("report.per_100"), isNumber: true, cell: (it) => it.per_100.toFixed(1) },
        {
          name: t("report.week_before"),
          isNumber: true,
          cell: (reason) => reason.per_100_before.toFixed(1),
        },
        {
          name: t("report.change"),
          cell: (reason) => t(reason.is_clear ? "report.clear" : "report.chance"),
        },
      ]}
    >
      {() => (
        <ul className="report-bars">
          {[...reasons]
            .sort((a, b) => b.per_100 - a.per_100)
            .slice(0, 8)
            .map((reason) => (
              <li key={reason.key}>
                <span>{reason.label}</span>
                <span className="report-bar">
                  <span style={{ inlineSize: `${(reason.per_100 / most) * 100}%` }} />
                  <i style={{ insetInlineStart: `${(reason.per_100_before / most) * 100}%` }} />
                </span>
                <span className={reason.is_clear ? "report-clear" : undefined}>
                  {reason.per_100.toFixed(1)}
                </span>
              </li>
            ))}
        </ul>
      )}
    </Plot>
  );
}

function inWords(section: "trigger" | "root_cause", reasons: ReasonChange[], t: TFunction) {
  return reasons.map((reason) => ({
    ...reason,
    label: word(t, section, reason.key, reason.label),
  }));
}

/** The clearest change in a sentence, or that there is none. */
function reasonsTitle(section: "trigger" | "root_cause", reasons: ReasonChange[], t: TFunction) {
  const clear = inWords(section, reasons, t).find((reason) => reason.is_clear);
  if (clear === undefined) return t(`report.${section}_same`);
  const change = clear.per_100 - clear.per_100_before;
  return t(change > 0 ? "report.reason_up" : "report.reason_down", {
    label: clear.label,
    n: Math.abs(change).toFixed(1),
  });
}

function changesTitle(changes: FigureChange[], t: TFunction): string {
  const clear = changes.filter((change) => change.is_clear);
  const [first] = clear;
  if (first === undefined) return t("report.nothing_moved");
  return t("report.moved", { figure: nameOf(first, t), change: movedOf(first, t) });
}

const nameOf = (change: FigureChange, t: TFunction) =>
  word(t, "report_figure", change.id, change.name);

function inUnit(change: FigureChange, value: number | null | undefined): string {
  return change.unit === "seconds" ? seconds(value ?? null) : percent(value ?? null);
}

function movedOf(change: FigureChange, t: TFunction): string {
  if (change.value == null || change.before == null) return t("report.nothing_before");
  const difference = change.value - change.before;
  const sign = difference < 0 ? "−" : "+";
  if (change.unit === "seconds") return `${sign}${seconds(Math.abs(difference))}`;
  const points = t("report.points", { n: `${sign}${(Math.abs(difference) * 100).toFixed(1)}` });
  return change.is_clear ? points : `${points}, ${t("report.chance")}`;
}
