import { DISPOSITIONS, type Disposition, type RootCause } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { activeTime } from "../../../lib/active-time";
import { Dialog } from "../../../ui/dialog";
import { Choice, Field } from "../../../ui/field";
import { CauseField } from "./cause-field";
import { type Could, CouldField, couldOf } from "./could-field";
import { type ActionDialogProps, useSubmit } from "./use-submit";

/** How it ended and why the assistant could not: two fields, never one. */
export function ResolveDialog(props: ActionDialogProps) {
  const { t } = useTranslation();
  const { conversation, state } = props.view;
  const suggested = state?.escalation?.suggested_root_cause;
  const [cause, setCause] = useState<RootCause | null>(suggested ?? null);
  const [disposition, setDisposition] = useState<Disposition | null>(
    // Whoever has ended it themselves has left, unless the agent knows better.
    state?.has_customer_left ? "customer_left" : null,
  );
  const [line, setLine] = useState("");
  const [could, setCould] = useState<Could>("unsaid");
  const { isBusy, error, submit } = useSubmit(props);
  const send = async () => {
    if (cause === null || disposition === null) return;
    await api.resolve(conversation, {
      root_cause: cause,
      disposition,
      active_ms: activeTime.read(conversation),
      assistant_could: couldOf(could),
      line: line.trim() || undefined,
    });
    activeTime.clear(conversation);
  };
  return (
    <Dialog
      title={t("resolve.title")}
      confirm={t("actions.resolve")}
      canConfirm={cause !== null && disposition !== null}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void submit(send)}
      onClose={props.onClose}
    >
      <Choice
        legend={t("resolve.disposition")}
        options={DISPOSITIONS.map((value) => ({ value, label: t(`disposition.${value}`) }))}
        value={disposition}
        onChange={setDisposition}
      />
      <CauseField
        value={cause}
        suggested={suggested}
        offered={state?.escalation?.root_causes}
        onChange={setCause}
      />
      <CouldField value={could} onChange={setCould} />
      <Field label={t("resolve.line")} hint={t("resolve.line_hint")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            value={line}
            onChange={(event) => setLine(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
