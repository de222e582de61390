import type { Allowed, Floor } from "@segue/client";
import { type ButtonHTMLAttributes, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { reasonText } from "../lib/words";
import { Icon, type IconName } from "./icon";

type Tone = "plain" | "accent" | "quiet" | "danger";

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  tone?: Tone;
  icon?: IconName;
  /** The key that does the same. */
  shortcut?: string;
  children?: ReactNode;
};

export function Button({ tone = "plain", icon, shortcut, children, ...rest }: ButtonProps) {
  return (
    <button type="button" aria-keyshortcuts={shortcut} {...rest} className={`button ${tone}`}>
      {icon && <Icon name={icon} />}
      {children}
      {shortcut && (
        <span className="kbd" aria-hidden="true">
          {shortcut}
        </span>
      )}
    </button>
  );
}

type PermittedProps = ButtonProps & {
  allowed: Allowed;
  action: string;
  /** Who has the conversation, so that the reason can name them. */
  floor?: Floor;
};

/**
 * A button for something the server may refuse: disabled with the reason rather than
 * hidden. It stays focusable, so that the reason can be read with the keyboard too.
 */
export function Permitted({ allowed, action, floor, onClick, ...rest }: PermittedProps) {
  const { t } = useTranslation();
  const reasonId = useId();
  const permission = allowed[action];
  if (permission?.ok === true) return <Button {...rest} onClick={onClick} />;
  return (
    <span className="permitted">
      <Button {...rest} aria-disabled="true" aria-describedby={reasonId} onClick={undefined} />
      <span id={reasonId} role="tooltip" className="reason">
        {permission === undefined ? "" : reasonText(t, permission, floor)}
      </span>
    </span>
  );
}

/** A button that shows only an icon; its name is read aloud and shown on hover. */
export function IconButton({
  name,
  icon,
  ...rest
}: Omit<ButtonProps, "icon" | "name"> & { name: string; icon: IconName }) {
  return (
    <button type="button" title={name} aria-label={name} {...rest} className="icon-button">
      <Icon name={icon} />
    </button>
  );
}
