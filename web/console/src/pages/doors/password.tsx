import { useTranslation } from "react-i18next";
import { Field } from "../../ui/field";

/** The shortest password that the server takes (S-6). */
export const PASSWORD_CHARS_MIN = 12;

export function NewPassword({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <Field
      label={t("doors.password")}
      hint={t("doors.password_hint", { count: PASSWORD_CHARS_MIN })}
    >
      {(ids) => (
        <input
          {...ids}
          type="password"
          autoComplete="new-password"
          required
          minLength={PASSWORD_CHARS_MIN}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
