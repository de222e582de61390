import type { RootCause } from "@segue/client";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { languageFor } from "../../../i18n";
import { activeTime } from "../../../lib/active-time";
import { Dialog } from "../../../ui/dialog";
import { Field } from "../../../ui/field";
import { CauseField } from "./cause-field";
import { type ActionDialogProps, useSubmit } from "./use-submit";

/** Back to the assistant: a line for the customer, a brief for the assistant, and why it could not. */
export function HandBackDialog(props: ActionDialogProps) {
  const { t } = useTranslation();
  const { conversation, state } = props.view;
  const suggested = state?.escalation?.suggested_root_cause;
  const [line, setLine] = useState("");
  const [brief, setBrief] = useState("");
  const [cause, setCause] = useState<RootCause | null>(suggested ?? null);
  const { isBusy, error, submit } = useSubmit(props);
  const locale = state?.opening.locale;
  useEffect(() => {
    // The customer reads it, so it is in their language and not in the console's.
    const suggest = (lng: string) =>
      setLine((written) => written || t("hand_back.default_line", { lng }));
    languageFor(locale).then(suggest, () => suggest("en"));
  }, [locale, t]);
  const send = async () => {
    if (cause === null) return;
    await api.handBack(conversation, {
      line: line.trim(),
      brief: brief.trim(),
      root_cause: cause,
      active_ms: activeTime.read(conversation),
    });
    activeTime.clear(conversation);
  };
  return (
    <Dialog
      title={t("hand_back.title")}
      confirm={t("actions.hand_back")}
      canConfirm={line.trim() !== "" && brief.trim() !== "" && cause !== null}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void submit(send)}
      onClose={props.onClose}
    >
      <Field label={t("hand_back.line")} hint={t("hand_back.line_hint")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            value={line}
            onChange={(event) => setLine(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("hand_back.brief")} hint={t("hand_back.brief_hint")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            value={brief}
            onChange={(event) => setBrief(event.target.value)}
          />
        )}
      </Field>
      <CauseField value={cause} suggested={suggested} onChange={setCause} />
    </Dialog>
  );
}
