import { useTranslation } from "react-i18next";
import { Dialog } from "../ui/dialog";

const KEYS = [
  ["A", "accept"],
  ["D", "decline"],
  ["T", "take"],
  ["P", "packet"],
  ["R", "reply"],
  ["N", "note"],
  ["E", "resolve"],
  ["Tab", "first_line"],
  ["Enter", "send"],
  ["Esc", "leave"],
  ["I", "inbox"],
  ["S", "dashboard"],
  ["?", "help"],
] as const;

export function Shortcuts({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("shortcuts.title")} onClose={onClose}>
      <dl className="shortcuts">
        {KEYS.map(([key, name]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`shortcuts.${name}`)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
