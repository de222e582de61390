/** Panels of which one is shown, with arrow keys between their tabs. */
import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";

export type TabPanel<Key extends string> = {
  key: Key;
  label: string;
  /** A short finding beside the label. */
  mark?: ReactNode;
  body: ReactNode;
};

type Props<Key extends string> = {
  label: string;
  panels: readonly TabPanel<Key>[];
  open: Key;
  onOpen: (key: Key) => void;
};

export function TabPanels<Key extends string>({ label, panels, open, onOpen }: Props<Key>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = panels.findIndex(({ key }) => key === open);
    const next = (at + step + panels.length) % panels.length;
    const key = panels[next]?.key;
    if (key === undefined) return;
    event.preventDefault();
    onOpen(key);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  };
  const shown = panels.find(({ key }) => key === open);
  return (
    <section className="tab-panels" aria-label={label}>
      <div role="tablist" aria-label={label} className="tab-list" ref={list} onKeyDown={onKey}>
        {panels.map((panel) => (
          <button
            key={panel.key}
            type="button"
            role="tab"
            id={`${id}-${panel.key}`}
            aria-selected={panel.key === open}
            aria-controls={`${id}-panel`}
            tabIndex={panel.key === open ? 0 : -1}
            onClick={() => onOpen(panel.key)}
          >
            {panel.label}
            {panel.mark}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${open}`}
        className="tab-panel"
        // A panel without anything to press must be reachable, to be scrolled.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
      >
        {shown?.body}
      </div>
    </section>
  );
}
