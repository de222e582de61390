import { type Queue, WEEKDAYS } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction } from "../../lib/hooks";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { fromForm, type QueueForm, toForm, wrongDays } from "./queue-form";

type QueueDialogProps = {
  queue: Queue | null;
  others: Queue[];
  onClose: () => void;
  onDone: () => void;
};

type TextKey = Exclude<keyof QueueForm, "is_always" | "hours">;

export function QueueDialog({ queue, others, onClose, onDone }: QueueDialogProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => toForm(queue));
  const { isBusy, error, run } = useAction();
  const wrong = wrongDays(form);
  const save = async () => {
    const next = fromForm(form);
    const call = () => (queue === null ? api.createQueue(next) : api.changeQueue(next));
    if (await run(call)) onDone();
  };
  const text = (key: TextKey, props: { hint?: string; type?: string; min?: string } = {}) => (
    <Field label={t(`queue_form.${key}`)} hint={props.hint}>
      {(ids) => (
        <input
          {...ids}
          type={props.type}
          min={props.min}
          step={props.type === "number" ? "any" : undefined}
          required={key !== "skills" && key !== "holidays"}
          disabled={key === "key" && queue !== null}
          value={form[key]}
          onChange={(event) => setForm({ ...form, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Dialog
      title={queue === null ? t("queues.new") : t("team.change", { name: queue.name })}
      confirm={t("common.save")}
      canConfirm={wrong.length === 0}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <div className="form-columns">
        {text("name")}
        {text("key", { hint: t("queue_form.key_hint") })}
        {text("team", { hint: t("queue_form.team_hint") })}
        {text("skills", { hint: t("team.skills_hint") })}
        {text("target_min", { type: "number", min: "0.5", hint: t("queue_form.target_hint") })}
        {text("offer_s", { type: "number", min: "5", hint: t("queue_form.offer_hint") })}
        {text("overflow_after_min", { type: "number", min: "0.5" })}
        <Field label={t("queue_form.overflow_to")}>
          {(ids) => (
            <select
              {...ids}
              value={form.overflow_to}
              onChange={(event) => setForm({ ...form, overflow_to: event.target.value })}
            >
              <option value="">{t("queues.overflow_none")}</option>
              {others
                .filter((other) => other.key !== form.key)
                .map((other) => (
                  <option key={other.key} value={other.key}>
                    {other.name}
                  </option>
                ))}
            </select>
          )}
        </Field>
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={form.is_always}
          onChange={(event) => setForm({ ...form, is_always: event.target.checked })}
        />
        {t("queues.always")}
      </label>
      {!form.is_always && (
        <fieldset className="choice hours">
          <legend>{t("queues.hours")}</legend>
          <p className="field-hint">{t("queue_form.hours_hint")}</p>
          {WEEKDAYS.map((day) => (
            <Field
              key={day}
              label={t(`weekday.${day}`)}
              error={wrong.includes(day) ? t("queue_form.hours_wrong") : undefined}
            >
              {(ids) => (
                <input
                  {...ids}
                  value={form.hours[day]}
                  placeholder={t("queue_form.closed")}
                  onChange={(event) =>
                    setForm({ ...form, hours: { ...form.hours, [day]: event.target.value } })
                  }
                />
              )}
            </Field>
          ))}
          {WEEKDAYS.every((day) => form.hours[day].trim() === "") && (
            <p className="field-hint">{t("queues.never")}</p>
          )}
          {text("zone")}
          {text("holidays", { hint: t("queue_form.holidays_hint") })}
        </fieldset>
      )}
    </Dialog>
  );
}
