import type { Presence } from "@segue/client";
import { useTranslation } from "react-i18next";
import { api } from "../api";
import { useAction } from "../lib/hooks";
import { useInbox } from "../live/hooks";
import { useMe, useSession } from "../session";
import { errorText } from "../ui/states";
import { useToast } from "../ui/toast";

const CHOICES: readonly Presence[] = ["available", "busy", "away"];

/** Presence and load: who gets offers, and how many more fit. */
export function PresenceSwitch() {
  const { t } = useTranslation();
  const me = useMe();
  const { setMe } = useSession();
  const inbox = useInbox();
  const toast = useToast();
  const { isBusy, run } = useAction();
  const now = inbox?.me ?? me;
  const choose = (presence: Presence) =>
    run(async () => {
      try {
        setMe(await api.setPresence(presence));
      } catch (error) {
        toast(errorText(error, t), "error");
      }
    });
  return (
    <div className="presence">
      <label>
        <span className={`presence-dot is-${now.presence}`} aria-hidden="true" />
        <span className="sr-only">{t("presence.name")}</span>
        <select
          value={now.presence}
          disabled={isBusy}
          onChange={(event) => {
            const next = CHOICES.find((one) => one === event.target.value);
            if (next !== undefined) void choose(next);
          }}
        >
          {now.presence === "offline" && <option value="offline">{t("presence.offline")}</option>}
          {CHOICES.map((one) => (
            <option key={one} value={one}>
              {t(`presence.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <p className="presence-load" title={t("presence.capacity_hint")}>
        <span className="slots" aria-hidden="true">
          {Array.from({ length: Math.min(now.capacity, 10) }, (_, slot) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: slots are places, not things
            <i key={slot} className={slot < now.load ? "is-taken" : undefined} />
          ))}
        </span>
        {t("presence.load", { load: now.load, capacity: now.capacity })}
      </p>
    </div>
  );
}
