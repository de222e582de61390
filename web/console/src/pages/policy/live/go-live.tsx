import type { Policy } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { go, paths } from "../../../routes";
import { useMe } from "../../../session";
import { Button, Permitted } from "../../../ui/button";
import { Problem } from "../../../ui/states";
import { useToast } from "../../../ui/toast";
import type { Draft } from "../draft";
import { Sentences, useDifferences } from "../side/differences";
import { SaidDialog } from "./said-dialog";
import { TrialDialog } from "./trial-dialog";

type Props = {
  policy: Policy;
  draft: Draft;
  /** Changed, and the check found no mistake. */
  isReady: boolean;
  isChanged: boolean;
  onDiscard: () => void;
  /** What is in force afterwards; null where only something around it is new. */
  onDone: (policy: Policy | null) => void;
};

type Asking = "activate" | "propose" | "trial" | null;

/** The ways from a text to the rules in force, as far as the role goes. */
export function GoLive({ policy, draft, isReady, isChanged, onDiscard, onDone }: Props) {
  const { t } = useTranslation();
  const { allowed } = useMe();
  const toast = useToast();
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  const mayActivate = allowed.edit_policy?.ok === true;
  const isTrying = policy.trial?.state === "running";
  return (
    <section className="go-live" aria-label={t("live.name")}>
      <p className="small quiet">
        {t(!isChanged ? "live.hint_unchanged" : isReady ? "live.hint_ready" : "live.hint_problems")}
      </p>
      <div className="row">
        <Button tone="quiet" disabled={!isChanged} onClick={onDiscard}>
          {t("policy.discard")}
        </Button>
        <Permitted
          allowed={allowed}
          action="propose_policy"
          tone={mayActivate ? "plain" : "accent"}
          disabled={!isReady}
          onClick={() => setAsking("propose")}
        >
          {t("live.propose")}
        </Permitted>
        <Permitted
          allowed={allowed}
          action="edit_policy"
          disabled={!isReady || isTrying}
          title={isTrying ? t("live.one_trial") : undefined}
          onClick={() => setAsking("trial")}
        >
          {t("live.trial")}
        </Permitted>
        <Permitted
          allowed={allowed}
          action="edit_policy"
          tone={mayActivate ? "accent" : "plain"}
          disabled={!isReady}
          onClick={() => setAsking("activate")}
        >
          {t("live.activate")}
        </Permitted>
      </div>
      {asking === "activate" && (
        <SaidDialog
          title={t("live.activate_title")}
          confirm={t("live.activate_confirm")}
          onClose={close}
          onSaid={async (said) => {
            const next = await api.activatePolicy(draft.text, draft.base, said);
            toast(t("policy.activated", { version: next.version }));
            onDone(next);
          }}
        >
          <p>{t("live.activate_body")}</p>
          <WhatChanges text={draft.text} against={policy.version} />
        </SaidDialog>
      )}
      {asking === "propose" && (
        <SaidDialog
          title={t("live.propose_title")}
          confirm={t("live.propose_confirm")}
          label={t("live.propose_reason")}
          hint={t("live.propose_hint")}
          onClose={close}
          onSaid={async ({ reason }) => {
            const made = await api.propose(draft.text, draft.base, reason);
            toast(t("live.proposed"));
            onDone(null);
            go(paths.policy("proposals", { id: made.id }));
          }}
        >
          <WhatChanges text={draft.text} against={policy.version} />
        </SaidDialog>
      )}
      {asking === "trial" && (
        <TrialDialog
          what={{ text: draft.text }}
          onClose={close}
          onStarted={(trial) => {
            toast(t(`live.started_${trial.mode}`));
            onDone({ ...policy, trial });
            go(paths.policy("trial", { id: trial.id }));
          }}
        />
      )}
    </section>
  );
}

/** The changes as sentences, before one says yes to them. */
export function WhatChanges({ text, against }: { text: string; against: string }) {
  const { t } = useTranslation();
  const differences = useDifferences(text, against, true);
  if (differences.status === "loading") return null;
  if (differences.status === "failed") return <Problem error={differences.error} />;
  return (
    <section className="what-changes" aria-label={t("changes.name")}>
      <h3>{t("changes.name")}</h3>
      <Sentences changes={differences.data} />
    </section>
  );
}
