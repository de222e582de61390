import type { VerdictItem } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "../../ui/icon";
import type { Tone } from "../../ui/marks";
import { Explained } from "./explained";

const LOOKS: Record<VerdictItem["verdict"], { tone: Tone; icon: IconName }> = {
  continue: { tone: "neutral", icon: "check" },
  fall_back: { tone: "waiting", icon: "help" },
  review: { tone: "assistant", icon: "drafts" },
  escalate: { tone: "accent", icon: "agent" },
};

type Props = { item: VerdictItem; isImported: boolean; conversation: string };

/** The verdict on a turn in one line; why it came about unfolds beneath. */
export function VerdictLine({ item, isImported, conversation }: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const { tone, icon } = LOOKS[item.verdict];
  const word = t(`verdict.${item.verdict}`);
  const onAnswer = (reason: string) =>
    reason === "" ? t("verdict.on_the_answer") : t("verdict.on_answer", { reason });
  return (
    <details
      className={`verdict tone-${tone}`}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <Icon name={icon} size={12} />
        <span className="verdict-word">
          {isImported ? t("verdict.would_have", { verdict: word }) : word}
        </span>
        <span className="quiet">{item.on_answer ? onAnswer(item.reason) : item.reason}</span>
        {item.is_flagged && (
          <span className="tone-waiting flagged">
            <Icon name="flag" size={12} />
            {t("verdict.flagged")}
          </span>
        )}
        <span className="why">{t("verdict.why")}</span>
      </summary>
      {isOpen && <Explained conversation={conversation} item={item} />}
    </details>
  );
}
