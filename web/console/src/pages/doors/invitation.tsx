import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction } from "../../lib/hooks";
import { paths, replaceRoute } from "../../routes";
import { useSession } from "../../session";
import { Door } from "./door";
import { NewPassword } from "./password";

export function Invitation({ token }: { token: string }) {
  const { t } = useTranslation();
  const { setMe } = useSession();
  const [password, setPassword] = useState("");
  const { isBusy, error, run } = useAction();
  const submit = () =>
    run(async () => {
      const me = await api.acceptInvitation(token, password);
      replaceRoute(paths.inbox());
      setMe(me);
    });
  return (
    <Door
      title={t("doors.invitation_title")}
      lead={t("doors.invitation_lead")}
      submit={t("doors.invitation_submit")}
      isBusy={isBusy}
      error={error}
      onSubmit={submit}
    >
      <NewPassword value={password} onChange={setPassword} />
    </Door>
  );
}
