import type { ReportSchedule } from "@segue/client";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction, useLoad } from "../../lib/hooks";
import { useMe } from "../../session";
import { Button, Permitted } from "../../ui/button";
import { Field, readList } from "../../ui/field";
import { Tag, Time } from "../../ui/marks";
import { Await, Problem } from "../../ui/states";
import { useToast } from "../../ui/toast";

/** When the report is sent, to whom, and how that went. */
export function ScheduleCard() {
  const { loaded, reload, set } = useLoad(() => api.reportSchedule(), []);
  return (
    <Await loaded={loaded} reload={reload} rows={3}>
      {(schedule) => <Schedule schedule={schedule} onKept={set} />}
    </Await>
  );
}

type Props = { schedule: ReportSchedule; onKept: (schedule: ReportSchedule) => void };

function Schedule({ schedule, onKept }: Props) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const toast = useToast();
  const [isEditing, setEditing] = useState(false);
  const { isBusy, error, run } = useAction();
  const sendToMe = () =>
    run(async () => {
      await api.sendReportToMe();
      toast(t("schedule.sent_to_me"));
    });
  return (
    <section className="card report-card no-print" aria-labelledby="report-schedule">
      <h2 id="report-schedule">{t("schedule.title")}</h2>
      {isEditing ? (
        <Form
          schedule={schedule}
          onDone={(kept) => {
            if (kept) onKept(kept);
            setEditing(false);
          }}
        />
      ) : (
        <>
          <p>
            {schedule.is_on
              ? t("schedule.on", {
                  day: dayName(schedule.weekday, i18n.language),
                  hour: `${schedule.hour}:00`,
                  zone: schedule.zone,
                  count: schedule.recipients.length,
                })
              : t("schedule.off")}
          </p>
          {!schedule.has_mail && <p className="small quiet">{t("schedule.no_mail")}</p>}
          {schedule.hooks.length > 0 && (
            <p className="small quiet">
              {t("schedule.hooks", { names: schedule.hooks.join(", ") })}
            </p>
          )}
          {schedule.sent_at && (
            <p className="small">
              {t("schedule.sent")} <Time at={schedule.sent_at} />
            </p>
          )}
          {schedule.error && (
            <p>
              <Tag tone="breach">{t("schedule.failed")}</Tag> {schedule.error}{" "}
              {schedule.again_at && (
                <>
                  {t("schedule.again")} <Time at={schedule.again_at} />
                </>
              )}
            </p>
          )}
          <p className="row">
            <Permitted
              allowed={me.allowed}
              action="schedule_reports"
              onClick={() => setEditing(true)}
            >
              {t("schedule.change")}
            </Permitted>
            {schedule.has_mail && (
              <Permitted
                allowed={me.allowed}
                action="schedule_reports"
                tone="quiet"
                disabled={isBusy}
                onClick={() => void sendToMe()}
              >
                {t("schedule.send_to_me")}
              </Permitted>
            )}
          </p>
          <Problem error={error} />
        </>
      )}
    </section>
  );
}

type FormProps = { schedule: ReportSchedule; onDone: (kept: ReportSchedule | null) => void };

function Form({ schedule, onDone }: FormProps) {
  const { t, i18n } = useTranslation();
  const [isOn, setOn] = useState(schedule.is_on);
  const [weekday, setWeekday] = useState(schedule.weekday);
  const [hour, setHour] = useState(schedule.hour);
  const [recipients, setRecipients] = useState(schedule.recipients.join("\n"));
  const { isBusy, error, run } = useAction();
  const keep = (event: FormEvent) => {
    event.preventDefault();
    void run(async () => {
      const kept = await api.putReportSchedule({
        is_on: isOn,
        weekday,
        hour,
        recipients: readList(recipients),
        include_demo: schedule.include_demo,
      });
      onDone(kept);
    });
  };
  return (
    <form className="stack report-schedule" onSubmit={keep}>
      <label className="check">
        <input type="checkbox" checked={isOn} onChange={(event) => setOn(event.target.checked)} />
        {t("schedule.is_on")}
      </label>
      <div className="row">
        <Field label={t("schedule.day")}>
          {(ids) => (
            <select
              {...ids}
              value={weekday}
              onChange={(event) => setWeekday(Number(event.target.value))}
            >
              {[0, 1, 2, 3, 4, 5, 6].map((day) => (
                <option key={day} value={day}>
                  {dayName(day, i18n.language)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t("schedule.hour", { zone: schedule.zone })}>
          {(ids) => (
            <select {...ids} value={hour} onChange={(event) => setHour(Number(event.target.value))}>
              {Array.from({ length: 24 }, (_, one) => one).map((one) => (
                <option key={one} value={one}>
                  {one}:00
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Field label={t("schedule.recipients")} hint={t("schedule.recipients_hint")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={4}
            value={recipients}
            onChange={(event) => setRecipients(event.target.value)}
          />
        )}
      </Field>
      <Problem error={error} />
      <p className="row">
        <Button type="submit" tone="accent" disabled={isBusy}>
          {t("common.save")}
        </Button>
        <Button tone="quiet" onClick={() => onDone(null)}>
          {t("common.cancel")}
        </Button>
      </p>
    </form>
  );
}

/** 0 is Monday. */
function dayName(day: number, language: string): string {
  // The first of January 2024 was a Monday.
  const date = new Date(Date.UTC(2024, 0, 1 + day));
  return date.toLocaleDateString(language, { weekday: "long", timeZone: "UTC" });
}
