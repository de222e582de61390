import "./shell.css";
import { type ReactNode, useState } from "react";
import { useKeys } from "../lib/hooks";
import { go, paths, type Route } from "../routes";
import { OfflineBanner } from "./offline-banner";
import { Rail } from "./rail";
import { Shortcuts } from "./shortcuts";

/** The frame around every page: skip link, rail, banner, the page itself. */
export function Shell({ route, children }: { route: Route; children: ReactNode }) {
  const [hasHelp, setHelp] = useState(false);
  useKeys({
    "?": () => setHelp(true),
    i: () => go(paths.inbox()),
    s: () => go(paths.dashboard()),
  });
  return (
    <div className="shell">
      <Rail page={route.page} onHelp={() => setHelp(true)} />
      <div className="shell-main">
        <OfflineBanner />
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
      {hasHelp && <Shortcuts onClose={() => setHelp(false)} />}
    </div>
  );
}

/** The frame of a page that is not the inbox. */
export function PageFrame({
  title,
  lead,
  actions,
  isWide = false,
  children,
}: {
  title: string;
  lead?: string;
  actions?: ReactNode;
  /** For pages with two things beside each other. */
  isWide?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={isWide ? "page is-wide" : "page"}>
      <header className="page-head">
        <div>
          <h1>{title}</h1>
          {lead && <p className="quiet">{lead}</p>}
        </div>
        {actions && <div className="row">{actions}</div>}
      </header>
      {children}
    </div>
  );
}
