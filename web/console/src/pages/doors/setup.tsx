import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction } from "../../lib/hooks";
import { paths, replaceRoute } from "../../routes";
import { useSession } from "../../session";
import { Field } from "../../ui/field";
import { Door } from "./door";
import { NewPassword } from "./password";

const EMPTY = { code: "", company: "", name: "", email: "", password: "" };

/** The first run: whoever can read the server's log becomes the owner. */
export function Setup() {
  const { t } = useTranslation();
  const { setMe } = useSession();
  const [form, setForm] = useState(EMPTY);
  const { isBusy, error, run } = useAction();
  const submit = () =>
    run(async () => {
      const me = await api.setUp(form);
      replaceRoute(paths.inbox());
      setMe(me);
    });
  const fields = [
    { key: "code", autoComplete: "one-time-code", type: "text" },
    { key: "company", autoComplete: "organization", type: "text" },
    { key: "name", autoComplete: "name", type: "text" },
    { key: "email", autoComplete: "username", type: "email" },
  ] as const;
  return (
    <Door
      title={t("doors.setup_title")}
      lead={t("doors.setup_lead")}
      submit={t("doors.setup_submit")}
      isBusy={isBusy}
      error={error}
      onSubmit={submit}
    >
      {fields.map(({ key, ...input }) => (
        <Field
          key={key}
          label={t(`doors.${key}`)}
          hint={key === "code" ? t("doors.code_hint") : undefined}
        >
          {(ids) => (
            <input
              {...ids}
              {...input}
              required
              value={form[key]}
              onChange={(event) => setForm({ ...form, [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <NewPassword value={form.password} onChange={(password) => setForm({ ...form, password })} />
    </Door>
  );
}
