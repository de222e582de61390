import type { QueueRow } from "@segue/client";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/hooks";
import { clock, exactly, lateness } from "../../lib/time";
import { Icon } from "../../ui/icon";

const TONES = { on_time: "tone-neutral", soon: "tone-waiting", late: "tone-breach" } as const;

/** How long somebody has been waiting: the most prominent number of a row. */
export function WaitClock({ row }: { row: Pick<QueueRow, "waiting_since" | "target_at"> }) {
  const { t, i18n } = useTranslation();
  const now = useNow(1000);
  const late = lateness(row.waiting_since, row.target_at, now);
  const waited = clock(now - Date.parse(row.waiting_since));
  return (
    <span
      className={`wait-clock ${TONES[late]}`}
      title={t("row.waiting_since", { at: exactly(row.waiting_since, i18n.language) })}
    >
      <span className="sr-only">{t("row.waiting")} </span>
      <span className="wait-clock-number">{waited}</span>
      <span className="wait-clock-word">
        <Icon name={late === "late" ? "warn" : "clock"} size={12} />
        {t(`row.${late}`)}
      </span>
    </span>
  );
}
