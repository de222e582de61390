import { useTranslation } from "react-i18next";
import { Choice } from "../../../ui/field";

/** Whether a person was needed at all; nobody has to say. */
export type Could = "unsaid" | "yes" | "no";

type CouldProps = { value: Could; onChange: (value: Could) => void };

/** Could the assistant have dealt with it? From this the rules learn when they are too early. */
export function CouldField({ value, onChange }: CouldProps) {
  const { t } = useTranslation();
  return (
    <Choice
      legend={t("could_field.label")}
      hint={t("could_field.hint")}
      options={[
        { value: "unsaid", label: t("could_field.unsaid") },
        { value: "no", label: t("could_field.no") },
        { value: "yes", label: t("could_field.yes") },
      ]}
      value={value}
      onChange={onChange}
    />
  );
}

/** As the server reads it. */
export const couldOf = (value: Could): boolean | undefined =>
  value === "unsaid" ? undefined : value === "yes";
