import type { TaughtVersion } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction, useLoad } from "../../lib/hooks";
import { reasonText } from "../../lib/words";
import { useMe } from "../../session";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Await, Problem } from "../../ui/states";
import { useToast } from "../../ui/toast";
import { Versions } from "./versions";

const CHARS_MAX = 4000;

/** What a model is told beside the articles. */
export function Instructions() {
  const { loaded, reload } = useLoad(() => api.instructions(), []);
  return (
    <Await loaded={loaded} reload={reload} rows={6}>
      {({ versions }) => (
        <Told key={versions[0]?.version ?? 0} versions={versions} reload={reload} />
      )}
    </Await>
  );
}

function Told({ versions, reload }: { versions: TaughtVersion[]; reload: () => void }) {
  const { t } = useTranslation();
  const toast = useToast();
  const { allowed } = useMe();
  const permit = allowed.edit_knowledge;
  const [latest] = versions;
  const base = latest?.version ?? 0;
  const [body, setBody] = useState(latest?.kind === "withdrawn" ? "" : (latest?.body ?? ""));
  const [reason, setReason] = useState("");
  const { isBusy, error, run } = useAction();
  const publish = () =>
    run(async () => {
      await api.publishInstructions({ base, body, reason, include_demo: false });
      toast(t("learn.instructions_toast"));
      reload();
    });
  const isReady = permit?.ok === true && body.trim() !== "" && reason.trim() !== "";
  return (
    <>
      <form className="card form" onSubmit={(event) => event.preventDefault()}>
        <p className="quiet">{t("learn.instructions_lead")}</p>
        <Field label={t("learn.view.instructions")}>
          {(ids) => (
            <textarea
              {...ids}
              rows={8}
              value={body}
              maxLength={CHARS_MAX}
              onChange={(event) => setBody(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("learn.reason")}>
          {(ids) => (
            <input
              {...ids}
              type="text"
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Problem error={error} />
        <p>
          <Button tone="accent" disabled={isBusy || !isReady} onClick={() => void publish()}>
            {t("learn.publish_now")}
          </Button>
        </p>
        {permit?.ok === false && <p className="small quiet">{reasonText(t, permit)}</p>}
      </form>
      {versions.length > 0 && (
        <Versions
          versions={versions}
          onRollBack={async (version, why) => {
            await api.rollBackInstructions(base, version, why);
            reload();
          }}
          onWithdraw={async (why) => {
            await api.withdrawInstructions(base, why);
            reload();
          }}
        />
      )}
    </>
  );
}
