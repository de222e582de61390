import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { Dialog } from "../../../ui/dialog";
import { Field } from "../../../ui/field";
import { type ActionDialogProps, useSubmit } from "./use-submit";

export function RequeueDialog(props: ActionDialogProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const { isBusy, error, submit } = useSubmit(props);
  const { conversation } = props.view;
  return (
    <Dialog
      title={t("requeue.title")}
      confirm={t("actions.requeue")}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void submit(() => api.requeue(conversation, note.trim() || undefined))}
      onClose={props.onClose}
    >
      <p className="quiet">{t("requeue.body")}</p>
      <Field label={t("requeue.note")} hint={t("note.hint")}>
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
