import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { Dialog } from "../../../ui/dialog";
import { Field } from "../../../ui/field";
import { type ActionDialogProps, useSubmit } from "./use-submit";

/** Before a colleague loses the floor: who that is, what happens to them, and why. */
export function TakeDialog(props: ActionDialogProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const { isBusy, error, submit } = useSubmit(props);
  const { conversation, state } = props.view;
  // Whoever had it when this was asked: a later change of the floor is another question.
  const [asked] = useState(() => ({
    epoch: state?.epoch,
    name: state?.floor.agent?.name ?? t("floor.agent"),
  }));
  const { epoch, name } = asked;
  const send = async () => {
    if (epoch !== undefined) await api.take(conversation, epoch, note.trim());
  };
  return (
    <Dialog
      title={t("take.title", { name })}
      confirm={t("take.confirm")}
      canConfirm={note.trim() !== ""}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void submit(send)}
      onClose={props.onClose}
    >
      <p className="quiet">{t("take.body", { name })}</p>
      <Field label={t("take.why")} hint={t("take.why_hint", { name })}>
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            required
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
