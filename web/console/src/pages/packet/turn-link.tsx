import { useTranslation } from "react-i18next";
import { paths } from "../../routes";

/** From a statement to the turn that it rests on. */
export function TurnLink({ conversation, turn }: { conversation: string; turn: number }) {
  const { t } = useTranslation();
  return (
    <a
      className="turn-link"
      href={paths.conversation(conversation, { turn })}
      aria-label={t("packet.to_turn", { turn })}
    >
      ↗ t{turn}
    </a>
  );
}
