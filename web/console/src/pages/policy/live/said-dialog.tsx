import { ApiError } from "@segue/client";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Said } from "../../../api";
import { useAction } from "../../../lib/hooks";
import { Dialog } from "../../../ui/dialog";
import { Field } from "../../../ui/field";
import { Icon } from "../../../ui/icon";
import { percent } from "../../dashboard/numbers";

/** What a refused activation says of the escalation rate that it would bring. */
type LeavesBand = { before: number; after: number; conversations: number; band_points: number };

export const REASON_MAX = 500;

type Props = {
  title: string;
  confirm: string;
  tone?: "accent" | "danger";
  label?: string;
  hint?: string;
  /** Whether it goes without a reason. */
  isOptional?: boolean;
  canConfirm?: boolean;
  children?: ReactNode;
  onSaid: (said: Said) => Promise<unknown>;
  onClose: () => void;
};

/**
 * Asks for a reason and does it. Where the server warns that the escalation rate would jump,
 * it shows by how much and asks again.
 */
export function SaidDialog(props: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [isAccepted, setAccepted] = useState(false);
  const { isBusy, error, run } = useAction();
  const leaves = leavesBand(error);
  const confirm = async () => {
    const said: Said = { reason: reason.trim() };
    if (isAccepted) said.accept_leaving_band = true;
    if (await run(() => props.onSaid(said))) props.onClose();
  };
  const isSaid = props.isOptional || reason.trim() !== "";
  return (
    <Dialog
      title={props.title}
      confirm={props.confirm}
      confirmTone={props.tone}
      isBusy={isBusy}
      error={leaves === null ? error : null}
      canConfirm={isSaid && props.canConfirm !== false && (leaves === null || isAccepted)}
      onConfirm={() => void confirm()}
      onClose={props.onClose}
    >
      {props.children}
      <Field label={props.label ?? t("said.reason")} hint={props.hint ?? t("said.reason_hint")}>
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            maxLength={REASON_MAX}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {leaves !== null && (
        <div className="problem is-warning" role="alert">
          <Icon name="warn" />
          <div className="stack-tight">
            <p>
              {t("said.leaves_band", {
                before: percent(leaves.before),
                after: percent(leaves.after),
                count: leaves.conversations,
                points: leaves.band_points,
              })}
            </p>
            <label className="check">
              <input
                type="checkbox"
                checked={isAccepted}
                onChange={(event) => setAccepted(event.target.checked)}
              />
              {t("said.accept_leaving")}
            </label>
          </div>
        </div>
      )}
    </Dialog>
  );
}

function leavesBand(error: unknown): LeavesBand | null {
  if (!(error instanceof ApiError) || error.code !== "policy_leaves_band") return null;
  const details = error.details as Partial<LeavesBand> | undefined;
  const { before, after, conversations, band_points } = details ?? {};
  if (before === undefined || after === undefined) return null;
  return { before, after, conversations: conversations ?? 0, band_points: band_points ?? 20 };
}
