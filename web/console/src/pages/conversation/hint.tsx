/**
 * While an agent writes: what the draft asks and the customer has said already. It says so
 * and offers the value; it never holds a message back.
 */
import type { Hint } from "@segue/client";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { Button, IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { TurnLink } from "../packet/turn-link";

/** How long nothing is typed before the draft is looked at, in milliseconds. */
const PAUSE_MS = 300;
/** The shortest text that can ask something. */
const DRAFT_CHARS_MIN = 6;

/** The hints for a draft, but those that were put away while this draft was written. */
export function useHints(conversation: string, draft: string) {
  const [hints, setHints] = useState<readonly Hint[]>([]);
  const [dismissed, setDismissed] = useState<readonly Hint["asked"][]>([]);
  const isEmpty = draft.trim() === "";
  useEffect(() => {
    if (!isEmpty) return;
    setHints([]);
    setDismissed([]);
  }, [isEmpty]);
  useEffect(() => {
    if (draft.trim().length < DRAFT_CHARS_MIN) return setHints([]);
    const asking = new AbortController();
    const pause = setTimeout(() => {
      // Without an answer there is simply no hint; writing goes on.
      api.hint(conversation, draft, asking.signal).then(setHints, () => undefined);
    }, PAUSE_MS);
    return () => {
      clearTimeout(pause);
      asking.abort();
    };
  }, [conversation, draft]);
  // Whoever writes the value asks whether it is right, and not for it.
  const shown = hints.filter(
    (hint) => !dismissed.includes(hint.asked) && !draft.includes(hint.value),
  );
  const dismiss = () => setDismissed(hints.map((hint) => hint.asked));
  return { hints: shown, dismiss };
}

type HintsProps = {
  conversation: string;
  hints: readonly Hint[];
  onInsert: (value: string) => void;
  onDismiss: () => void;
};

/** The live region stands before there is anything in it, or it would not be read out. */
export function Hints({ conversation, hints, onInsert, onDismiss }: HintsProps) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-live="polite">
      {hints.length > 0 && (
        <div className="hint">
          <Icon name="packet" />
          <ul className="plain">
            {hints.map((hint) => (
              <li key={hint.asked}>
                <span>
                  {t(`hint.${hint.asked}`)} <strong>{hint.value}</strong>{" "}
                  {hint.turn === undefined ? (
                    <span className="faint small">{t("hint.known")}</span>
                  ) : (
                    <TurnLink conversation={conversation} turn={hint.turn} />
                  )}
                </span>
                {hint.asked !== "concern" && hint.asked !== "tried" && (
                  <Button onClick={() => onInsert(hint.value)}>
                    {t("hint.insert", { value: hint.value })}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <IconButton icon="close" name={t("hint.dismiss")} onClick={onDismiss} />
        </div>
      )}
    </div>
  );
}
