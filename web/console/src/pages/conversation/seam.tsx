import type { FloorItem } from "@segue/client";
import { useTranslation } from "react-i18next";
import { useMe } from "../../session";
import { Icon } from "../../ui/icon";
import { Time } from "../../ui/marks";

/** Where the floor changes hands: the only accent line of the page. Who, why, when. */
export function Seam({ item }: { item: FloorItem }) {
  const { t } = useTranslation();
  const me = useMe();
  const { floor, cause, reason } = item;
  const who = () => {
    switch (floor.holder) {
      case "agent":
        if (floor.agent?.id === me.agent.id) return t("seam.to_you");
        return t("seam.to", { who: floor.agent?.name ?? t("floor.agent") });
      case "queue":
      case "locked":
        return t("seam.to", { who: floor.queue_name ?? floor.queue ?? t("floor.people") });
      case "assistant":
        return t("seam.to", { who: t("floor.assistant") });
      case "review":
        return t("seam.to_review");
      case "closed":
        return floor.outcome ? t(`outcome.${floor.outcome}`) : t("floor.closed");
    }
  };
  return (
    <div className={floor.holder === "closed" ? "seam is-closing" : "seam"}>
      <p>
        <Icon name={floor.holder === "locked" ? "lock" : "seam"} />
        <strong>{t(`cause.${cause}`)}</strong>
        {reason && <span>{reason}</span>}
        <span>{who()}</span>
        <Time at={item.at} />
      </p>
    </div>
  );
}
