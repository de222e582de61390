import { ApiError, DECLINE_REASONS, type DeclineReason, type OfferCard } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction, useKeys } from "../../lib/hooks";
import { go, paths } from "../../routes";
import { Dialog } from "../../ui/dialog";
import { Choice } from "../../ui/field";
import { Offer } from "./offer-card";

/** A lost race stays this long to be read, then it goes away by itself. */
export const LOST_SHOWN_MS = 6000;

type Lost = { offer: OfferCard; text: string };

/** The offers to me, the eldest first; the keys act on that one. */
export function Offers({ offers }: { offers: OfferCard[] }) {
  const { t } = useTranslation();
  const [lost, setLost] = useState<Lost[]>([]);
  const [declining, setDeclining] = useState<OfferCard | null>(null);
  const { isBusy, error, run, clear } = useAction();
  const lose = (offer: OfferCard, text: string) => {
    setLost((all) => [
      ...all.filter((one) => one.offer.offer_id !== offer.offer_id),
      { offer, text },
    ]);
    setTimeout(() => {
      setLost((all) => all.filter((one) => one.offer.offer_id !== offer.offer_id));
    }, LOST_SHOWN_MS);
  };
  const accept = (offer: OfferCard) =>
    run(async () => {
      try {
        await api.accept(offer.offer_id);
        go(paths.conversation(offer.conversation));
      } catch (cause) {
        if (!isGone(cause)) throw cause;
        const name = await holderOf(offer.conversation);
        lose(offer, name === null ? t("offer.lost") : t("offer.lost_to", { name }));
      }
    });
  const shown = offers.filter(
    (offer) => !lost.some((one) => one.offer.offer_id === offer.offer_id),
  );
  const first = shown[0];
  useKeys(first ? { a: () => void accept(first), d: () => setDeclining(first) } : {});
  return (
    <div className="offers" aria-live="polite">
      {shown.map((offer) => (
        <Offer
          key={offer.offer_id}
          offer={offer}
          hasKeys={offer === first}
          isBusy={isBusy}
          error={offer === first ? error : null}
          onAccept={() => void accept(offer)}
          onDecline={() => setDeclining(offer)}
        />
      ))}
      {lost.map((one) => (
        <p key={one.offer.offer_id} className="offer-lost" role="status">
          {one.text}
        </p>
      ))}
      {declining && (
        <DeclineDialog
          offer={declining}
          onClose={() => {
            setDeclining(null);
            clear();
          }}
        />
      )}
    </div>
  );
}

/** Whether the error means that the offer is no longer there. */
function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409 && error.code !== "capacity_full";
}

/** Who has the conversation now; null when nobody has, or when it cannot be seen. */
async function holderOf(conversation: string): Promise<string | null> {
  try {
    const { state } = await api.conversation(conversation);
    return state.floor.agent?.name ?? null;
  } catch {
    return null;
  }
}

function DeclineDialog({ offer, onClose }: { offer: OfferCard; onClose: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState<DeclineReason | null>(null);
  const { isBusy, error, run } = useAction();
  const decline = async () => {
    if (reason === null) return;
    if (await run(() => api.decline(offer.offer_id, reason))) onClose();
  };
  return (
    <Dialog
      title={t("decline.title")}
      confirm={t("offer.decline")}
      canConfirm={reason !== null}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void decline()}
      onClose={onClose}
    >
      <Choice
        legend={t("decline.why")}
        hint={t("decline.hint")}
        options={DECLINE_REASONS.map((value) => ({ value, label: t(`decline.${value}`) }))}
        value={reason}
        onChange={setReason}
      />
    </Dialog>
  );
}
