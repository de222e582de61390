import type { BreakdownRow, Breakdown as Data, Dimension } from "@segue/client";
import { Fragment, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { DIMENSIONS, go, paths } from "../../routes";
import { Button } from "../../ui/button";
import { Await } from "../../ui/states";
import { csv, fileName, type Plain, save } from "./csv";
import type { FigureScope } from "./figures-context";
import { useValueName } from "./names";
import { percent, seconds } from "./numbers";

/** What is shown of each row of a dimension of conversations, and of one of handoffs. */
const OF_CONVERSATIONS = [
  "escalation_rate",
  "ai_resolution_rate",
  "silent_abandonment",
  "csat_assistant",
  "csat_after_escalation",
  "repeat_contact",
] as const;
const OF_HANDOFFS = [
  "csat_after_escalation",
  "context_retention",
  "first_contact_resolution",
  "sla_attainment",
  "wait",
  "transfer_rate",
  "misroute_rate",
] as const;
const TIMES = ["time_to_accept", "aht_after_escalation"] as const;

type Metric =
  | (typeof OF_CONVERSATIONS)[number]
  | (typeof OF_HANDOFFS)[number]
  | (typeof TIMES)[number];
type Order = { by: Metric | "n" | "key"; isDown: boolean };

/** Every figure by one dimension: sorted as the reader wants, and each value leads on. */
export function Breakdown({ scope }: { scope: FigureScope }) {
  const { t } = useTranslation();
  const titleId = useId();
  const { days, includeDemo, filter, by } = scope;
  const asked = JSON.stringify(filter);
  const { loaded, reload } = useLoad(
    () => api.breakdown(days, includeDemo, filter, by),
    [days, includeDemo, asked, by],
  );
  return (
    <section className="card plot is-wide" aria-labelledby={titleId}>
      <header className="plot-head">
        <h2 id={titleId}>{t("breakdown.title")}</h2>
        <label className="row">
          <span>{t("breakdown.by")}</span>
          <select
            value={by}
            onChange={(event) => {
              const next = DIMENSIONS.find((one) => one === event.target.value) ?? by;
              go(paths.dashboard(days, includeDemo, { filter, by: next }));
            }}
          >
            {DIMENSIONS.map((one) => (
              <option key={one} value={one}>
                {t(`dimension.${one}`)}
              </option>
            ))}
          </select>
        </label>
      </header>
      <Await loaded={loaded} reload={reload} rows={5}>
        {(data) => <Rows key={by} data={data} scope={scope} titleId={titleId} />}
      </Await>
    </section>
  );
}

type RowsProps = { data: Data; scope: FigureScope; titleId: string };

function Rows({ data, scope, titleId }: RowsProps) {
  const { t } = useTranslation();
  const name = useValueName();
  const isOfHandoffs = data.of === "handoffs";
  const shares = isOfHandoffs ? OF_HANDOFFS : OF_CONVERSATIONS;
  const { by } = data;
  // Hours have an order of their own.
  const first: Order = by === "hour" ? { by: "key", isDown: false } : { by: "n", isDown: true };
  const [order, setOrder] = useState(first);
  const nOf = (row: BreakdownRow) => (isOfHandoffs ? row.handoffs : row.conversations);
  const rank = (row: BreakdownRow): number | null => {
    if (order.by === "n") return nOf(row);
    if (order.by === "key") return null;
    const share = row.shares.find((one) => one.metric === order.by);
    // A row of few cases is first or last by chance: it is drawn towards the whole.
    return share?.shrunk ?? row.durations.find((one) => one.metric === order.by)?.p50_s ?? null;
  };
  const compare = (a: BreakdownRow, b: BreakdownRow) => {
    const sign = order.isDown ? -1 : 1;
    if (order.by === "key") {
      return sign * a.key.localeCompare(b.key, undefined, { numeric: true });
    }
    const [left, right] = [rank(a), rank(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * (left - right);
  };
  const sorted = [...data.rows].sort(compare);
  if (data.rows.length === 0) return <p className="quiet">{t("breakdown.empty")}</p>;
  const head = (of: Order["by"], label: string, isNumber = true) => (
    <th
      scope="col"
      className={isNumber ? "number" : undefined}
      aria-sort={order.by === of ? (order.isDown ? "descending" : "ascending") : "none"}
    >
      <button
        type="button"
        className="sort"
        onClick={() => setOrder({ by: of, isDown: order.by === of ? !order.isDown : of !== "key" })}
      >
        {label}
        <span aria-hidden="true">{order.by === of ? (order.isDown ? " ↓" : " ↑") : ""}</span>
      </button>
    </th>
  );
  const saveAll = () => {
    const names = [t(`dimension.${by}`), t("plot.n")];
    for (const metric of shares) {
      names.push(t(`metric.${metric}`), `${t(`metric.${metric}`)}: n`, "lo", "hi");
    }
    for (const metric of TIMES) names.push(`${t(`metric.${metric}`)} (s)`);
    const rows = sorted.map((row): Plain[] => {
      const plain: Plain[] = [name(by, row.key, row.label), nOf(row)];
      for (const metric of shares) {
        const share = row.shares.find((one) => one.metric === metric);
        plain.push(share?.value, share?.denominator, share?.lo, share?.hi);
      }
      for (const metric of TIMES) {
        plain.push(row.durations.find((one) => one.metric === metric)?.p50_s);
      }
      return plain;
    });
    save(fileName(`${t("breakdown.title")} ${t(`dimension.${by}`)}`), csv(names, rows));
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable with the keyboard */}
      <figure className="table-scroll" tabIndex={0} aria-labelledby={titleId}>
        <table aria-labelledby={titleId}>
          <thead>
            <tr>
              {head("key", t(`dimension.${by}`), false)}
              {head("n", isOfHandoffs ? t("breakdown.handoffs") : t("plot.conversations"))}
              {shares.map((metric) => (
                <Fragment key={metric}>{head(metric, t(`metric.${metric}`))}</Fragment>
              ))}
              {TIMES.map((metric) => (
                <Fragment key={metric}>{head(metric, t(`metric.${metric}`))}</Fragment>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.map((row) => (
              <tr key={row.key}>
                <th scope="row">
                  <a href={chosen(scope, by, row.key)}>{name(by, row.key, row.label)}</a>
                </th>
                <td className="number">{nOf(row)}</td>
                {shares.map((metric) => (
                  <ShareCell key={metric} row={row} metric={metric} />
                ))}
                {TIMES.map((metric) => (
                  <TimeCell key={metric} row={row} metric={metric} />
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("breakdown.whole")}</th>
              <td className="number">{nOf(data.total)}</td>
              {shares.map((metric) => (
                <ShareCell key={metric} row={data.total} metric={metric} />
              ))}
              {TIMES.map((metric) => (
                <TimeCell key={metric} row={data.total} metric={metric} />
              ))}
            </tr>
          </tfoot>
        </table>
      </figure>
      <p className="faint small">
        {t("breakdown.note")}
        {data.left_out > 0 && <> {t("breakdown.left_out", { count: data.left_out })}</>}
      </p>
      <p className="no-print">
        <Button tone="quiet" icon="table" onClick={saveAll}>
          {t("plot.csv")}
        </Button>
      </p>
    </>
  );
}

function chosen(scope: FigureScope, by: Dimension, key: string): string {
  const filter = { ...scope.filter, [by]: key };
  return paths.dashboard(scope.days, scope.includeDemo, { filter, by });
}

function ShareCell({ row, metric }: { row: BreakdownRow; metric: string }) {
  const share = row.shares.find((one) => one.metric === metric);
  if (share === undefined || share.value === null) return <td className="number faint">–</td>;
  const range =
    share.lo === null || share.hi === null ? "" : `${percent(share.lo)}–${percent(share.hi)}`;
  return (
    <td className={share.is_small ? "number is-small" : "number"}>
      {percent(share.value)}
      <small className="faint cell-more">
        {range} · {share.denominator}
      </small>
    </td>
  );
}

function TimeCell({ row, metric }: { row: BreakdownRow; metric: string }) {
  const found = row.durations.find((one) => one.metric === metric);
  if (found === undefined || found.p50_s === null) return <td className="number faint">–</td>;
  return (
    <td className={found.is_small ? "number is-small" : "number"}>
      {seconds(found.p50_s)}
      <small className="faint cell-more">{found.n}</small>
    </td>
  );
}
