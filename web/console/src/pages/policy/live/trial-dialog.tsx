import type { Trial } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { Choice, Field } from "../../../ui/field";
import { SaidDialog } from "./said-dialog";

const SHARES = [0.01, 0.05, 0.1, 0.25, 0.5] as const;
const SHARE_BY_DEFAULT = 0.1;

type Props = {
  /** What is tried: a text, or a proposal. */
  what: { text: string } | { proposal: string };
  onStarted: (trial: Trial) => void;
  onClose: () => void;
};

/** Beside the rules in force, or for a share of the conversations. */
export function TrialDialog({ what, onStarted, onClose }: Props) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<Trial["mode"]>("shadow");
  const [share, setShare] = useState<number>(SHARE_BY_DEFAULT);
  return (
    <SaidDialog
      title={t("live.trial_title")}
      confirm={t(mode === "shadow" ? "live.start_shadow" : "live.start_canary")}
      hint={t("live.trial_reason_hint")}
      onClose={onClose}
      onSaid={async ({ reason }) => {
        const only = mode === "canary" ? { share } : {};
        onStarted(await api.startTrial({ ...what, mode, ...only, reason }));
      }}
    >
      <Choice
        legend={t("live.how")}
        value={mode}
        onChange={setMode}
        options={[
          { value: "shadow", label: t("live.shadow"), detail: t("live.shadow_detail") },
          { value: "canary", label: t("live.canary"), detail: t("live.canary_detail") },
        ]}
      />
      {mode === "canary" && (
        <Field label={t("live.share")} hint={t("live.share_hint")}>
          {(ids) => (
            <select
              {...ids}
              value={share}
              onChange={(event) => setShare(Number(event.target.value))}
            >
              {SHARES.map((one) => (
                <option key={one} value={one}>
                  {t("live.share_of", { share: `${Math.round(one * 100)}\u00a0%` })}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
    </SaidDialog>
  );
}
