import type { Estimate, RuleTimings } from "@segue/client";
import { useTranslation } from "react-i18next";
import { useBehind } from "./figures-context";
import { percent } from "./numbers";
import { Plot } from "./plot";

type Row = RuleTimings["rules"][number];

/** Too early, too late, missed: how well each rule calls a person in. */
export function RuleTiming({ timings }: { timings: RuleTimings }) {
  const { t } = useTranslation();
  const leadTo = useBehind();
  const rows = [...timings.rules, { ...timings.whole, rule: "" }];
  const estimate = (name: string, of: (row: Row) => Estimate) => ({
    name,
    isNumber: true,
    cell: (row: Row) => <Estimated it={of(row)} />,
    plain: (row: Row) => of(row).value,
  });
  const columns = [
    {
      name: t("dimension.rule"),
      cell: (row: Row) => {
        if (row.rule === "") return <strong>{t("breakdown.whole")}</strong>;
        const href = leadTo({ kind: "all", key: "" }, { rule: row.rule });
        return href ? <a href={href}>{row.rule}</a> : row.rule;
      },
      plain: (row: Row) => row.rule || t("breakdown.whole"),
    },
    { name: t("breakdown.handoffs"), isNumber: true, cell: (row: Row) => row.handoffs },
    { name: t("timing.early"), isNumber: true, cell: (row: Row) => row.early },
    { name: t("timing.late"), isNumber: true, cell: (row: Row) => row.late },
    { name: t("timing.missed"), isNumber: true, cell: (row: Row) => row.missed },
    estimate(t("timing.precision"), (row) => row.precision),
    estimate(t("timing.recall"), (row) => row.recall),
    estimate(t("timing.timeliness"), (row) => row.timeliness),
  ];
  return (
    <Plot
      title={t("timing.title")}
      note={t("timing.note")}
      isWide
      isTableOnly
      rows={rows}
      keyOf={(row) => row.rule}
      columns={columns}
    />
  );
}

function Estimated({ it }: { it: Estimate }) {
  if (it.value === null || it.lo === null || it.hi === null)
    return <span className="faint">–</span>;
  return (
    <span className={it.is_small ? "is-small" : undefined}>
      {percent(it.value)}
      <small className="faint cell-more">
        {percent(it.lo)}–{percent(it.hi)} · {it.n}
      </small>
    </span>
  );
}
