import type { OfferCard } from "@segue/client";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/hooks";
import { Button } from "../../ui/button";
import { RowTags } from "../../ui/marks";
import { Problem } from "../../ui/states";
import { QueueRowStory } from "./row-story";
import { WaitClock } from "./wait-clock";

type OfferProps = {
  offer: OfferCard;
  /** Whether A and D act on this one. */
  hasKeys: boolean;
  isBusy: boolean;
  error: unknown;
  onAccept: () => void;
  onDecline: () => void;
};

export function Offer({ offer, hasKeys, isBusy, error, onAccept, onDecline }: OfferProps) {
  const { t } = useTranslation();
  return (
    <article className="offer" aria-label={t("offer.name", { subject: offer.row.subject })}>
      <header>
        <Ring offer={offer} />
        <div>
          <span className="row">
            <strong>{offer.row.queue_name}</strong>
            <RowTags row={offer.row} />
          </span>
          <span className="quiet small">{t("offer.for_you")}</span>
        </div>
        <WaitClock row={offer.row} />
      </header>
      <div className="offer-story">
        <QueueRowStory row={offer.row} />
      </div>
      <Problem error={error} />
      <footer>
        <Button
          tone="accent"
          shortcut={hasKeys ? "A" : undefined}
          disabled={isBusy}
          onClick={onAccept}
        >
          {t("offer.accept")}
        </Button>
        <Button shortcut={hasKeys ? "D" : undefined} disabled={isBusy} onClick={onDecline}>
          {t("offer.decline")}
        </Button>
      </footer>
    </article>
  );
}

const RADIUS = 17;
const CIRCUMFERENCE = 2 * Math.PI * RADIUS;

/** A ring that runs down, with the seconds in it. */
function Ring({ offer }: { offer: OfferCard }) {
  const { t } = useTranslation();
  const now = useNow(500);
  const end = Date.parse(offer.expires_at);
  const whole = Math.max(1, end - Date.parse(offer.offered_at));
  const left = Math.max(0, end - now);
  const seconds = Math.ceil(left / 1000);
  return (
    <svg
      className="ring"
      viewBox="0 0 40 40"
      width="40"
      height="40"
      role="timer"
      aria-label={t("offer.seconds_left", { count: seconds })}
    >
      <circle cx="20" cy="20" r={RADIUS} className="ring-ground" />
      <circle
        cx="20"
        cy="20"
        r={RADIUS}
        className="ring-left"
        strokeDasharray={CIRCUMFERENCE}
        strokeDashoffset={CIRCUMFERENCE * (1 - Math.min(1, left / whole))}
        transform="rotate(-90 20 20)"
      />
      <text x="20" y="24" textAnchor="middle">
        {seconds}
      </text>
    </svg>
  );
}
