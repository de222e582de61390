import type { CauseFound } from "@segue/client";
import { useTranslation } from "react-i18next";
import { word } from "../../lib/words";
import { Time } from "../../ui/marks";
import { percent } from "../dashboard/numbers";
import { Examples } from "../dashboard/plot";

/** New causes of the last eight weeks, what explains most first. */
export function Causes({ causes }: { causes: CauseFound[] }) {
  const { t } = useTranslation();
  return (
    <section className="card report-card" aria-labelledby="report-causes">
      <h2 id="report-causes">{t("report.causes")}</h2>
      {causes.length === 0 ? (
        <p className="quiet">{t("report.no_causes")}</p>
      ) : (
        <ul className="report-causes">
          {causes.map((cause) => (
            <li key={`${cause.cause}-${cause.name}`}>
              <h3>
                {word(t, "found_cause", cause.cause, cause.cause)}: {cause.name}
              </h3>
              <p>
                {t("report.explains", {
                  share: percent(cause.share),
                  lo: percent(cause.interval[0] ?? 0),
                  hi: percent(cause.interval[1] ?? 0),
                })}{" "}
                {t("report.since")} <Time at={cause.since} />
              </p>
              <ul className="small">
                {cause.evidence.map((one) => (
                  <li key={one.label}>
                    {t("report.evidence", {
                      label: one.label,
                      after: percent(one.after),
                      n: one.n_after,
                      before: percent(one.before ?? null),
                    })}
                  </li>
                ))}
              </ul>
              <Examples label={t("report.conversations")} conversations={cause.examples} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
