import type { GatekeepingAlarm } from "@segue/client";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../../ui/icon";
import { Tag, Time } from "../../ui/marks";
import { percent } from "../dashboard/numbers";
import { Examples } from "../dashboard/plot";

type State = "quiet" | "watch" | "alarm" | "too_few";

const LOOKS: Record<
  State,
  { tone: "resolved" | "waiting" | "breach" | "neutral"; icon: IconName }
> = {
  quiet: { tone: "resolved", icon: "check" },
  watch: { tone: "waiting", icon: "help" },
  alarm: { tone: "breach", icon: "flag" },
  too_few: { tone: "neutral", icon: "help" },
};

const isState = (word: string): word is State => word in LOOKS;

/** Whether people are kept from a person: what moved, and the leading signs. */
export function AlarmCard({ alarm }: { alarm: GatekeepingAlarm }) {
  const { t } = useTranslation();
  const state = isState(alarm.state) ? alarm.state : "too_few";
  const { tone, icon } = LOOKS[state];
  const isSaid = state === "alarm" || state === "watch";
  return (
    <section
      className={state === "alarm" ? "card report-alarm is-ringing" : "card report-alarm"}
      aria-labelledby="gatekeeping"
    >
      <h2 id="gatekeeping">{t("gatekeeping.title")}</h2>
      <p>
        <Tag tone={tone}>
          <Icon name={icon} /> {t(`gatekeeping.${state}`)}
        </Tag>
      </p>
      {alarm.began && (
        <p>
          {t("gatekeeping.began")} <Time at={alarm.began[0] ?? ""} /> –{" "}
          <Time at={alarm.began[1] ?? ""} />
        </p>
      )}
      {(isSaid || state === "too_few") && (
        <ul>
          {alarm.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {state !== "too_few" && (
        <details>
          <summary>{t("gatekeeping.signs", { count: alarm.period_days })}</summary>
          <div className="scroll-x">
            <table>
              <thead>
                <tr>
                  <th>{t("gatekeeping.sign")}</th>
                  <th className="number">{t("gatekeeping.before")}</th>
                  <th className="number">{t("gatekeeping.after")}</th>
                  <th>{t("gatekeeping.judged")}</th>
                </tr>
              </thead>
              <tbody>
                <Row
                  label={t("gatekeeping.deflection")}
                  before={percent(alarm.deflection.before)}
                  after={percent(alarm.deflection.after)}
                  isWorse={alarm.deflection.is_moved}
                />
                <Row
                  label={t("gatekeeping.csat")}
                  before={percent(alarm.csat_after_escalation.before)}
                  after={percent(alarm.csat_after_escalation.after)}
                  isWorse={alarm.csat_after_escalation.is_moved}
                />
                {alarm.signs.map((sign) => (
                  <Row
                    key={sign.key}
                    label={sign.label}
                    before={`${sign.before} / ${sign.n_before}`}
                    after={`${sign.after} / ${sign.n_after}`}
                    isWorse={sign.is_worse}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </details>
      )}
      {alarm.conversations.length > 0 && (
        <Examples label={t("report.conversations")} conversations={alarm.conversations} />
      )}
    </section>
  );
}

type RowProps = { label: string; before: string; after: string; isWorse: boolean };

function Row({ label, before, after, isWorse }: RowProps) {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="number">{before}</td>
      <td className="number">{after}</td>
      <td>{t(isWorse ? "gatekeeping.worse" : "gatekeeping.same")}</td>
    </tr>
  );
}
