import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { paths } from "../../routes";
import { AlarmCard } from "../report/alarm-card";
import { Causes } from "../report/causes";
import "../report/report.css";

/**
 * What the log says by itself: people who are kept from a person, and new causes of
 * handoffs. As of the last whole week; nothing is shown while nothing is found.
 */
export function Found() {
  const { t } = useTranslation();
  const { loaded } = useLoad(() => api.weeklyReport(), []);
  if (loaded.status !== "ready") return null;
  const { alarm, causes } = loaded.data;
  const isSaid = alarm.state === "alarm" || alarm.state === "watch";
  if (!isSaid && causes.length === 0) return null;
  return (
    <div className="stack">
      {isSaid && <AlarmCard alarm={alarm} />}
      {causes.length > 0 && <Causes causes={causes} />}
      <p>
        <a href={paths.report()}>{t("report.to_report")}</a>
      </p>
    </div>
  );
}
