import type { Tune } from "@segue/client";
import { useTranslation } from "react-i18next";
import { word } from "../../lib/words";
import { Icon } from "../../ui/icon";

/** Seven days from first values to a threshold that can be promised. */
export function Week({ tune }: { tune: Tune }) {
  const { t } = useTranslation();
  const today = tune.week.find((day) => day.is_today);
  if (tune.week.length === 0) return null;
  return (
    <section className="card stack" aria-label={t("week.name")}>
      <div>
        <h2>{t("week.name")}</h2>
        <p className="quiet">{t("week.lead")}</p>
      </div>
      <ol className="plain week">
        {tune.week.map((day) => (
          <li
            key={day.day}
            className={day.is_today ? "is-today" : day.done ? "is-done" : undefined}
            aria-current={day.is_today ? "step" : undefined}
          >
            <span className="week-mark" aria-hidden="true">
              {day.done ? <Icon name="check" size={12} /> : day.day}
            </span>
            <span className="week-title">
              <span className="sr-only">
                {t("week.day", { day: day.day })}
                {day.done ? ` (${t("week.done")})` : ""}:{" "}
              </span>
              {word(t, "week_title", String(day.day), day.title)}
            </span>
            {(day.wrong_shown > 0 || day.right_withheld > 0) && (
              <span className="small quiet">
                {t("week.counts", { wrong: day.wrong_shown, right: day.right_withheld })}
              </span>
            )}
          </li>
        ))}
      </ol>
      {today && (
        <p className="week-advice">
          <strong>{t("week.today")}</strong> <span lang="en">{today.advice}</span>
        </p>
      )}
    </section>
  );
}
