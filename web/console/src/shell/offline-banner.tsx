import { useTranslation } from "react-i18next";
import { useNow } from "../lib/hooks";
import { useLive } from "../live/hooks";
import { Icon } from "../ui/icon";

/** A blink of the line is not worth a word. */
const SAID_AFTER_MS = 2000;

export function OfflineBanner() {
  const { t } = useTranslation();
  const lostAt = useLive((state) => state.lost_at);
  const now = useNow(1000);
  const isAway = lostAt !== null && now - lostAt > SAID_AFTER_MS;
  return (
    <div role="status">
      {isAway && (
        <p className="offline">
          <Icon name="offline" />
          {t("offline.banner")}
        </p>
      )}
    </div>
  );
}
