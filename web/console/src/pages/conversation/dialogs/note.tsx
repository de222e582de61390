import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { Dialog } from "../../../ui/dialog";
import { Field } from "../../../ui/field";
import { type ActionDialogProps, useSubmit } from "./use-submit";

export function NoteDialog(props: ActionDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const { isBusy, error, submit } = useSubmit(props);
  return (
    <Dialog
      title={t("note.title")}
      confirm={t("note.confirm")}
      canConfirm={text.trim() !== ""}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void submit(() => api.note(props.view.conversation, text.trim()))}
      onClose={props.onClose}
    >
      <Field label={t("note.label")} hint={t("note.hint")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={4}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
