import { type FormEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "./button";
import { Problem } from "./states";

type DialogProps = {
  title: string;
  children: ReactNode;
  onClose: () => void;
  /** The label of the button that does it; without it the dialog only informs. */
  confirm?: string;
  confirmTone?: "accent" | "danger";
  onConfirm?: () => void;
  isBusy?: boolean;
  error?: unknown;
  canConfirm?: boolean;
};

/**
 * A modal dialog: the browser's own, so focus stays inside and returns afterwards.
 * It hangs on the body, because it may be asked for from within a line of text.
 */
export function Dialog(props: DialogProps) {
  const { t } = useTranslation();
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    if (dialog !== null && !dialog.open) dialog.showModal();
    // The first thing to fill in, rather than the button that closes.
    dialog?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!props.isBusy && props.canConfirm !== false) props.onConfirm?.();
  };
  return createPortal(
    <dialog
      ref={ref}
      className="dialog"
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <form onSubmit={onSubmit}>
        <header>
          <h2 id={titleId}>{props.title}</h2>
          <IconButton name={t("common.close")} icon="close" onClick={props.onClose} />
        </header>
        <div className="dialog-body">
          {props.children}
          <Problem error={props.error} />
        </div>
        <footer>
          <Button tone="quiet" onClick={props.onClose}>
            {props.confirm ? t("common.cancel") : t("common.close")}
          </Button>
          {props.confirm && (
            <Button
              type="submit"
              tone={props.confirmTone ?? "accent"}
              disabled={props.isBusy || props.canConfirm === false}
            >
              {props.confirm}
            </Button>
          )}
        </footer>
      </form>
    </dialog>,
    document.body,
  );
}
