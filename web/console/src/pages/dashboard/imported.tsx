import type { Dashboard, Verdict } from "@segue/client";
import { useTranslation } from "react-i18next";
import { paths } from "../../routes";
import { percent } from "./numbers";

type Source = NonNullable<Dashboard["imported"]>["sources"][number];

const VERDICTS: readonly Verdict[] = ["continue", "fall_back", "review", "escalate"];

/** What the policy would have done with conversations of elsewhere, beside how they ended. */
export function Imported({ sources }: { sources: Source[] }) {
  const { t } = useTranslation();
  return (
    <section className="card plot is-wide" aria-labelledby="imported-title">
      <header className="plot-head">
        <h2 id="imported-title">{t("imported.title")}</h2>
        <a href={paths.conversations("imported")}>{t("imported.show")}</a>
      </header>
      <p className="quiet small">{t("imported.note")}</p>
      {sources.map((source) => (
        <SourceView key={source.source} source={source} />
      ))}
    </section>
  );
}

function SourceView({ source }: { source: Source }) {
  const { t } = useTranslation();
  const all = Math.max(
    1,
    VERDICTS.reduce((sum, verdict) => sum + source.verdicts[verdict], 0),
  );
  return (
    <div className="source">
      <h3>
        {source.source}{" "}
        <span className="faint">
          {t("imported.size", { conversations: source.conversations, turns: source.turns })}
        </span>
      </h3>
      <ul className="plain parts">
        {VERDICTS.map((verdict) => (
          <li key={verdict}>
            {t("verdict.would_have", { verdict: t(`verdict.${verdict}`) })}{" "}
            <strong>{percent(source.verdicts[verdict] / all)}</strong>{" "}
            <span className="faint">{source.verdicts[verdict]}</span>
          </li>
        ))}
      </ul>
      {source.outcomes.length > 0 && <Outcomes outcomes={source.outcomes} />}
    </div>
  );
}

function Outcomes({ outcomes }: { outcomes: Source["outcomes"] }) {
  const { t } = useTranslation();
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t("imported.recorded")}</th>
          <th scope="col" className="number">
            {t("plot.n")}
          </th>
          <th scope="col" className="number">
            {t("imported.would_escalate")}
          </th>
        </tr>
      </thead>
      <tbody>
        {outcomes.map((outcome) => (
          <tr key={`${outcome.label}-${outcome.value}`}>
            <td>
              {outcome.label}: {outcome.value}
            </td>
            <td className="number">{outcome.n}</td>
            <td className="number">
              {outcome.escalate} · {percent(outcome.n === 0 ? null : outcome.escalate / outcome.n)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
