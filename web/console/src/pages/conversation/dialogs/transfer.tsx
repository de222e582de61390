import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { useLoad } from "../../../lib/hooks";
import { useInbox } from "../../../live/hooks";
import { useMe } from "../../../session";
import { Dialog } from "../../../ui/dialog";
import { Choice, Field } from "../../../ui/field";
import { type ActionDialogProps, useSubmit } from "./use-submit";

type To = "queue" | "agent";

export function TransferDialog(props: ActionDialogProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [to, setTo] = useState<To>("queue");
  const [target, setTarget] = useState("");
  const [note, setNote] = useState("");
  const queues = useInbox()?.queues ?? [];
  // The list of people may be closed to this role; queues are then the way.
  const { loaded } = useLoad(() => api.agents(), []);
  const { isBusy, error, submit } = useSubmit(props);
  const people =
    loaded.status === "ready"
      ? loaded.data.filter((agent) => agent.is_active && agent.id !== me.agent.id)
      : [];
  const options =
    to === "queue"
      ? queues.map((queue) => ({
          value: queue.key,
          label: t("transfer.queue_option", { name: queue.name, count: queue.available_agents }),
        }))
      : people.map((agent) => ({
          value: agent.id,
          label: `${agent.name} · ${t(`presence.${agent.presence}`)}`,
        }));
  const send = () =>
    api.transfer(
      props.view.conversation,
      to === "queue" ? { queue: target } : { agent: target },
      note.trim() || undefined,
    );
  return (
    <Dialog
      title={t("transfer.title")}
      confirm={t("actions.transfer")}
      canConfirm={target !== ""}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void submit(send)}
      onClose={props.onClose}
    >
      <p className="quiet">{t("transfer.body")}</p>
      <Choice
        legend={t("transfer.to")}
        options={[
          { value: "queue", label: t("transfer.queue") },
          { value: "agent", label: t("transfer.agent") },
        ]}
        value={to}
        onChange={(next) => {
          setTo(next);
          setTarget("");
        }}
      />
      <Field label={to === "queue" ? t("transfer.queue") : t("transfer.agent")}>
        {(ids) => (
          <select {...ids} value={target} onChange={(event) => setTarget(event.target.value)}>
            <option value="">{t("common.choose")}</option>
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("transfer.note")} hint={t("note.hint")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
