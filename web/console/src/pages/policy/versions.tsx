import type { Activation, Policy } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { useMe } from "../../session";
import { Button, Permitted } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Tag, Time } from "../../ui/marks";
import { Await } from "../../ui/states";
import { useToast } from "../../ui/toast";
import { WhatChanges } from "./live/go-live";
import { SaidDialog } from "./live/said-dialog";
import type { ViewProps } from "./policy";
import { SideBySide } from "./side/differences";

type Asking = { what: "show" | "restore"; version: string } | { what: "roll_back" } | null;

/** Every activation, the newest first, and the one step back. */
export function Versions({ policy, onChanged }: ViewProps) {
  const { t } = useTranslation();
  const { allowed } = useMe();
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  const back = policy.can_roll_back_to ?? null;
  return (
    <div className="stack">
      <section className="card roll-back" aria-label={t("versions.roll_back")}>
        <div>
          <h2>{t("versions.roll_back")}</h2>
          <p className="quiet">
            {back === null
              ? t("versions.nothing_before")
              : t("versions.roll_back_to", { version: back })}
          </p>
        </div>
        <Permitted
          allowed={allowed}
          action="edit_policy"
          tone="danger"
          icon="undo"
          disabled={back === null}
          onClick={() => setAsking({ what: "roll_back" })}
        >
          {t("versions.roll_back")}
        </Permitted>
      </section>
      <VersionTable policy={policy} onShow={(version) => setAsking({ what: "show", version })} />
      {asking?.what === "roll_back" && back !== null && (
        <RollBack policy={policy} to={back} onChanged={onChanged} onClose={close} />
      )}
      {asking?.what === "show" && (
        <Former
          policy={policy}
          version={asking.version}
          onRestore={() => setAsking({ what: "restore", version: asking.version })}
          onClose={close}
        />
      )}
      {asking?.what === "restore" && (
        <Restore policy={policy} version={asking.version} onChanged={onChanged} onClose={close} />
      )}
    </div>
  );
}

type TableProps = { policy: Policy; onShow: (version: string) => void };

function VersionTable({ policy, onShow }: TableProps) {
  const { t } = useTranslation();
  return (
    <div className="card table-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("policy.version")}</th>
            <th scope="col">{t("versions.how")}</th>
            <th scope="col">{t("policy.activated_at")}</th>
            <th scope="col">{t("policy.by")}</th>
            <th scope="col">{t("versions.reason")}</th>
            <th scope="col">
              <span className="sr-only">{t("policy.show")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {policy.versions.map((row, at) => (
            <VersionRow
              key={`${row.version}-${row.activated_at}`}
              row={row}
              isInForce={at === 0}
              onShow={onShow}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = { row: Activation; isInForce: boolean; onShow: (version: string) => void };

function VersionRow({ row, isInForce, onShow }: RowProps) {
  const { t } = useTranslation();
  const { kind } = row;
  return (
    <tr>
      <td>
        <code>{row.version}</code>{" "}
        {isInForce && (
          <Tag tone="resolved" icon="check">
            {t("policy.in_force")}
          </Tag>
        )}
      </td>
      <td>
        <Tag tone={kind === "rolled_back" || kind === "halted_back" ? "waiting" : "neutral"}>
          {t(`activation.${kind}`)}
        </Tag>
      </td>
      <td>
        <Time at={row.activated_at} />
      </td>
      <td>{row.by ?? t("policy.by_default")}</td>
      <td className="reason-cell">{row.reason ?? <span className="faint">–</span>}</td>
      <td>
        <Button
          aria-label={t("policy.show_name", { version: row.version })}
          onClick={() => onShow(row.version)}
        >
          {t("policy.show")}
        </Button>
      </td>
    </tr>
  );
}

type FormerProps = { policy: Policy; version: string; onClose: () => void };
type ChangingProps = FormerProps & Pick<ViewProps, "onChanged">;

/** The text of a version, and what sets it apart from the one in force. */
function Former({ policy, version, onRestore, onClose }: FormerProps & { onRestore: () => void }) {
  const { t } = useTranslation();
  const { allowed } = useMe();
  const { loaded, reload } = useLoad(() => api.policyVersion(version), [version]);
  const isOther = version !== policy.version;
  const mayRestore = isOther && allowed.edit_policy?.ok === true;
  return (
    <Dialog
      title={version}
      confirm={mayRestore ? t("versions.restore") : undefined}
      canConfirm={loaded.status === "ready"}
      onConfirm={onRestore}
      onClose={onClose}
    >
      <Await loaded={loaded} reload={reload} rows={6}>
        {(former) => (
          <>
            {isOther && (
              <SideBySide
                before={policy.text}
                after={former.text}
                beforeName={t("versions.now", { version: policy.version })}
                afterName={version}
              />
            )}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text longer than its box is scrolled by keys */}
            <pre className="explain former" tabIndex={0}>
              {former.text}
            </pre>
          </>
        )}
      </Await>
    </Dialog>
  );
}

function Restore({ policy, version, onChanged, onClose }: ChangingProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const { loaded, reload } = useLoad(() => api.policyVersion(version), [version]);
  return (
    <SaidDialog
      title={t("versions.restore_title", { version })}
      confirm={t("versions.restore")}
      canConfirm={loaded.status === "ready"}
      onClose={onClose}
      onSaid={async (said) => {
        if (loaded.status !== "ready") return;
        const next = await api.activatePolicy(loaded.data.text, policy.version, said);
        toast(t("policy.activated", { version: next.version }));
        onChanged(next);
      }}
    >
      <p>{t("versions.restore_body")}</p>
      <Await loaded={loaded} reload={reload} rows={2}>
        {(former) => <WhatChanges text={former.text} against={policy.version} />}
      </Await>
    </SaidDialog>
  );
}

type RollBackProps = Pick<ViewProps, "policy" | "onChanged"> & { to: string; onClose: () => void };

function RollBack({ policy, to, onChanged, onClose }: RollBackProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const { loaded, reload } = useLoad(() => api.policyVersion(to), [to]);
  return (
    <SaidDialog
      title={t("versions.roll_back_title", { version: to })}
      confirm={t("versions.roll_back")}
      tone="danger"
      onClose={onClose}
      onSaid={async ({ reason }) => {
        const next = await api.rollBackPolicy(reason);
        toast(t("versions.rolled_back", { version: next.version }));
        onChanged(next);
      }}
    >
      <p>{t("versions.roll_back_body")}</p>
      <Await loaded={loaded} reload={reload} rows={2}>
        {(former) => <WhatChanges text={former.text} against={policy.version} />}
      </Await>
    </SaidDialog>
  );
}
