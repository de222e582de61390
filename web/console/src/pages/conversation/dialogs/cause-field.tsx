import { ROOT_CAUSES, type RootCause } from "@segue/client";
import { useTranslation } from "react-i18next";
import { Field } from "../../../ui/field";

type CauseProps = {
  value: RootCause | null;
  suggested?: RootCause;
  /** What the policy offers, in its order; all of them where nothing is known. */
  offered?: readonly RootCause[];
  onChange: (cause: RootCause) => void;
};

/** Why the assistant could not; pre-selected from the trace, always changeable. */
export function CauseField({ value, suggested, offered = ROOT_CAUSES, onChange }: CauseProps) {
  const { t } = useTranslation();
  return (
    <Field
      label={t("cause_field.label")}
      hint={suggested ? t("cause_field.hint", { cause: t(`root_cause.${suggested}`) }) : undefined}
    >
      {(ids) => (
        <select
          {...ids}
          required
          value={value ?? ""}
          onChange={(event) => {
            const cause = offered.find((one) => one === event.target.value);
            if (cause !== undefined) onChange(cause);
          }}
        >
          {value === null && <option value="">{t("common.choose")}</option>}
          {offered.map((cause) => (
            <option key={cause} value={cause}>
              {t(`root_cause.${cause}`)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
