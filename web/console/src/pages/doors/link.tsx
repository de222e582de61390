import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction } from "../../lib/hooks";
import { paths, replaceRoute } from "../../routes";
import { useSession } from "../../session";
import { Door } from "./door";

/** A one-time link signs in on a press, not on being looked at: previews must not use it up. */
export function SignInByLink({ token }: { token: string }) {
  const { t } = useTranslation();
  const { setMe } = useSession();
  const { isBusy, error, run } = useAction();
  const submit = () =>
    run(async () => {
      const me = await api.signInByLink(token);
      replaceRoute(paths.inbox());
      setMe(me);
    });
  return (
    <Door
      title={t("doors.link_title")}
      lead={t("doors.link_lead")}
      submit={t("doors.sign_in")}
      isBusy={isBusy}
      error={error}
      onSubmit={submit}
      below={<a href={paths.signIn()}>{t("doors.with_password")}</a>}
    />
  );
}
