import type { QueueRow } from "@segue/client";
import { useTranslation } from "react-i18next";
import { word } from "../../lib/words";
import { Icon } from "../../ui/icon";
import { Time } from "../../ui/marks";

/** Who, about what, and why a person is needed. */
export function QueueRowStory({ row }: { row: QueueRow }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="subject" dir="auto">
        {row.subject}
      </span>
      <span className="quiet small">
        <bdi>{row.customer_name}</bdi> · {word(t, "row_trigger", row.trigger, row.trigger_text)}
      </span>
      {row.is_cold && (
        <span className="tone-breach cold small">
          <Icon name="lock" size={12} />
          {t("row.cold")}
        </span>
      )}
      {row.due_at && (
        <span className="quiet small">
          {t("row.due")} <Time at={row.due_at} />
        </span>
      )}
      {row.is_contact_left && <span className="faint small">{t("row.contact_left")}</span>}
    </>
  );
}
