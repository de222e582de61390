import type { RootCause } from "@segue/client";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { languageFor } from "../../../i18n";
import { activeTime } from "../../../lib/active-time";
import { Dialog } from "../../../ui/dialog";
import { Choice, Field } from "../../../ui/field";
import { CauseField } from "./cause-field";
import { type Could, CouldField, couldOf } from "./could-field";
import { type ActionDialogProps, useSubmit } from "./use-submit";

/** Who answers what the customer wrote last, if nobody has. */
type Owed = "assistant" | "line";

/** Back to the assistant: a line for the customer, a brief for the assistant, and why it could not. */
export function HandBackDialog(props: ActionDialogProps) {
  const { t } = useTranslation();
  const { conversation, state } = props.view;
  const suggested = state?.escalation?.suggested_root_cause;
  const [line, setLine] = useState("");
  const [brief, setBrief] = useState("");
  const [cause, setCause] = useState<RootCause | null>(suggested ?? null);
  const [could, setCould] = useState<Could>("unsaid");
  const { isBusy, error, submit } = useSubmit(props);
  const [owed, setOwed] = useState<Owed>("assistant");
  const locale = state?.opening.locale;
  const question = state?.open_question;
  const asked = props.view.items.find((item) => item.type === "turn" && item.turn === question);
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
      assistant_could: couldOf(could),
      is_answer_owed: question === undefined || owed === "assistant",
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
      {question !== undefined && (
        <Choice
          legend={t("hand_back.open_question")}
          hint={
            asked?.type === "turn" ? t("hand_back.they_wrote", { text: short(asked.text) }) : ""
          }
          options={[
            { value: "assistant", label: t("hand_back.assistant_answers") },
            { value: "line", label: t("hand_back.line_answers") },
          ]}
          value={owed}
          onChange={setOwed}
        />
      )}
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
      <CauseField
        value={cause}
        suggested={suggested}
        offered={state?.escalation?.root_causes}
        onChange={setCause}
      />
      <CouldField value={could} onChange={setCould} />
    </Dialog>
  );
}

/** The beginning of a long message. */
function short(text: string): string {
  return text.length > 160 ? `${text.slice(0, 159).trimEnd()}…` : text;
}
