import "./door.css";
import type { FormEvent, ReactNode } from "react";
import { Button } from "../../ui/button";
import { Problem } from "../../ui/states";

type DoorProps = {
  title: string;
  lead?: string;
  submit?: string;
  isBusy?: boolean;
  error?: unknown;
  onSubmit?: () => void;
  children?: ReactNode;
  below?: ReactNode;
};

/** The frame of every page before the console: one card, one form, one button. */
export function Door(props: DoorProps) {
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!props.isBusy) props.onSubmit?.();
  };
  return (
    <main className="door">
      <div className="door-card">
        <p className="door-brand">
          <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
            <path d="M4 16h11m2 0h11" />
            <circle cx="16" cy="16" r="5" />
          </svg>
          Segue
        </p>
        <h1>{props.title}</h1>
        {props.lead && <p className="quiet">{props.lead}</p>}
        <form className="form" onSubmit={onSubmit}>
          {props.children}
          <Problem error={props.error} />
          {props.submit && (
            <Button type="submit" tone="accent" disabled={props.isBusy}>
              {props.submit}
            </Button>
          )}
        </form>
        {props.below}
      </div>
    </main>
  );
}
