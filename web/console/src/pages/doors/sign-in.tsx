import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction } from "../../lib/hooks";
import { paths, replaceRoute } from "../../routes";
import { useSession } from "../../session";
import { Field } from "../../ui/field";
import { Door } from "./door";

export function SignIn() {
  const { t } = useTranslation();
  const { setMe } = useSession();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { isBusy, error, run } = useAction();
  useEffect(() => {
    // A server that nobody has claimed yet is set up first; when the question fails, signing in says so.
    api.setupNeeded().then(
      ({ needed }) => needed && replaceRoute(paths.setup()),
      () => undefined,
    );
  }, []);
  return (
    <Door
      title={t("doors.sign_in")}
      submit={t("doors.sign_in")}
      isBusy={isBusy}
      error={error}
      onSubmit={() => run(async () => setMe(await api.signIn(email, password)))}
      below={<p className="quiet small">{t("doors.no_account")}</p>}
    >
      <Field label={t("doors.email")}>
        {(ids) => (
          <input
            {...ids}
            type="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("doors.password")}>
        {(ids) => (
          <input
            {...ids}
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
    </Door>
  );
}
