import type { Proposal, ProposalText } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction, useLoad } from "../../lib/hooks";
import { go, paths } from "../../routes";
import { useMe } from "../../session";
import { Button, Permitted } from "../../ui/button";
import { Quoted, Tag, Time, type Tone } from "../../ui/marks";
import { Await, Empty, Problem } from "../../ui/states";
import { useToast } from "../../ui/toast";
import { keepDraft } from "./draft";
import { WhatChanges } from "./live/go-live";
import { SaidDialog } from "./live/said-dialog";
import { TrialDialog } from "./live/trial-dialog";
import type { ViewProps } from "./policy";
import { SideBySide } from "./side/differences";

/** What people propose, and who decided what about it. */
export function Proposals({ id, ...props }: ViewProps & { id?: string }) {
  const { t } = useTranslation();
  const { loaded, reload } = useLoad(() => api.proposals(), [id]);
  if (id !== undefined) return <Detail key={id} id={id} {...props} />;
  return (
    <Await loaded={loaded} reload={reload} rows={4}>
      {(proposals) =>
        proposals.length === 0 ? (
          <Empty icon="policy" title={t("proposals.empty")}>
            {t("proposals.empty_body")}
          </Empty>
        ) : (
          <ul className="plain stack">
            {proposals.map((one) => (
              <li key={one.id} className="card proposal-row">
                <div>
                  <p className="row">
                    <StateTag state={one.state} />
                    <a href={paths.policy("proposals", { id: one.id })}>{one.reason}</a>
                  </p>
                  <p className="small quiet">
                    {one.author} · <Time at={one.at} />
                    <Quoted text={one.decision} />
                  </p>
                </div>
                <code className="faint">{one.version}</code>
              </li>
            ))}
          </ul>
        )
      }
    </Await>
  );
}

const TONES: Record<Proposal["state"], Tone> = {
  open: "waiting",
  approved: "resolved",
  rejected: "breach",
  withdrawn: "neutral",
};

function StateTag({ state }: { state: Proposal["state"] }) {
  const { t } = useTranslation();
  const icon = { open: "clock", approved: "check", rejected: "close", withdrawn: "back" } as const;
  return (
    <Tag tone={TONES[state]} icon={icon[state]}>
      {t(`proposal_state.${state}`)}
    </Tag>
  );
}

type DetailProps = ViewProps & { id: string };

function Detail({ id, ...props }: DetailProps) {
  const { t } = useTranslation();
  const { loaded, reload } = useLoad(() => api.proposal(id), [id]);
  return (
    <div className="stack">
      <p>
        <a href={paths.policy("proposals")}>{t("proposals.all")}</a>
      </p>
      <Await loaded={loaded} reload={reload} rows={6}>
        {(proposal) => <One proposal={proposal} again={reload} {...props} />}
      </Await>
    </div>
  );
}

type OneProps = ViewProps & { proposal: ProposalText; again: () => void };

function One({ proposal, again, ...props }: OneProps) {
  const { t } = useTranslation();
  const { policy } = props;
  const isOpen = proposal.state === "open";
  const isOld = isOpen && proposal.base !== policy.version;
  return (
    <article className="card stack">
      <header className="stack-tight">
        <p className="row">
          <StateTag state={proposal.state} />
          <code className="faint">{proposal.version}</code>
        </p>
        <h2>{proposal.reason}</h2>
        <p className="quiet">
          {t("proposals.by", { name: proposal.author })} <Time at={proposal.at} />
        </p>
        {proposal.decided_at && (
          <p className="quiet">
            {t(`proposal_state.${proposal.state}`)} ·{" "}
            {proposal.decided_by && `${proposal.decided_by} · `}
            <Time at={proposal.decided_at} />
            <Quoted text={proposal.decision} />
          </p>
        )}
      </header>
      {isOld && (
        <p className="note-line tone-waiting">
          {t("proposals.base_moved", { base: proposal.base, version: policy.version })}
        </p>
      )}
      <WhatChanges text={proposal.text} against={isOpen ? policy.version : proposal.base} />
      <SideBySide
        before={isOpen ? policy.text : proposal.base_text}
        after={proposal.text}
        beforeName={isOpen ? t("versions.now", { version: policy.version }) : proposal.base}
        afterName={t("proposals.proposed")}
      />
      {isOpen && <Decide proposal={proposal} again={again} {...props} />}
    </article>
  );
}

type Asking = "approve" | "reject" | "trial" | null;

function Decide({ proposal, again, policy, onChanged, reload }: OneProps) {
  const { t } = useTranslation();
  const { allowed } = useMe();
  const toast = useToast();
  const [asking, setAsking] = useState<Asking>(null);
  const { isBusy, error, run } = useAction();
  const close = () => setAsking(null);
  const isOld = proposal.base !== policy.version;
  const tryIt = () => {
    keepDraft({ base: policy.version, text: proposal.text });
    go(paths.policy());
  };
  const withdraw = () =>
    run(async () => {
      await api.withdrawProposal(proposal.id);
      toast(t("proposals.withdrawn"));
      again();
      reload();
    });
  return (
    <>
      <Problem error={error} />
      <div className="row">
        <Permitted
          allowed={allowed}
          action="edit_policy"
          tone="accent"
          disabled={isOld}
          onClick={() => setAsking("approve")}
        >
          {t("proposals.approve")}
        </Permitted>
        <Permitted allowed={allowed} action="edit_policy" onClick={() => setAsking("reject")}>
          {t("proposals.reject")}
        </Permitted>
        <Permitted
          allowed={allowed}
          action="edit_policy"
          disabled={policy.trial?.state === "running"}
          onClick={() => setAsking("trial")}
        >
          {t("live.trial")}
        </Permitted>
        <Button icon="tune" onClick={tryIt}>
          {t("proposals.try")}
        </Button>
        {proposal.is_own && (
          <Button tone="quiet" disabled={isBusy} onClick={() => void withdraw()}>
            {t("proposals.withdraw")}
          </Button>
        )}
      </div>
      {asking === "approve" && (
        <SaidDialog
          title={t("proposals.approve_title")}
          confirm={t("proposals.approve")}
          onClose={close}
          onSaid={async (said) => {
            const next = await api.approveProposal(proposal.id, said);
            toast(t("policy.activated", { version: next.version }));
            again();
            onChanged(next);
          }}
        >
          <p>{t("live.activate_body")}</p>
        </SaidDialog>
      )}
      {asking === "reject" && (
        <SaidDialog
          title={t("proposals.reject_title")}
          confirm={t("proposals.reject")}
          tone="danger"
          hint={t("proposals.reject_hint", { name: proposal.author })}
          onClose={close}
          onSaid={async ({ reason }) => {
            await api.rejectProposal(proposal.id, reason);
            toast(t("proposals.rejected"));
            again();
            reload();
          }}
        />
      )}
      {asking === "trial" && (
        <TrialDialog
          what={{ proposal: proposal.id }}
          onClose={close}
          onStarted={(trial) => {
            toast(t(`live.started_${trial.mode}`));
            onChanged({ ...policy, trial });
            go(paths.policy("trial", { id: trial.id }));
          }}
        />
      )}
    </>
  );
}
