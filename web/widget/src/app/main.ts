// The app in the frame. It listens to the page that frames it, and to nobody else.

import "./app.css";
import { envelope, readToApp, type ToLoader } from "../messages";
import { ACTIVE_KEY, App } from "./app";
import type { Host } from "./session";
import { passing } from "./storage";

/** Where the framing page comes from; fixed by its first valid message. */
let origin: string | null = null;
let app: App | null = null;
let host: Host | null = null;
let is_open = false;

function tell(message: ToLoader): void {
  if (origin !== null) window.parent.postMessage(envelope(message), origin);
}

function begin(next: Host): void {
  app?.destroy();
  host = next;
  app = new App(next, {
    close: () => tell({ type: "close" }),
    unread: (count) => tell({ type: "unread", count }),
    identityNeeded: () => tell({ type: "identity_needed" }),
  });
  document.body.append(app.node);
  if (is_open) app.open(next.page);
}

/** The framing page's origin as the browser knows it, where it tells. */
const framedBy = (): string | undefined => window.location.ancestorOrigins?.[0];

window.addEventListener("message", (event) => {
  if (event.source !== window.parent || window.parent === window) return;
  if (origin !== null && event.origin !== origin) return;
  const known = framedBy();
  if (known !== undefined && known !== event.origin) return;
  const message = readToApp(event.data);
  if (!message) return;
  switch (message.type) {
    case "init":
      if (host) return;
      origin = event.origin;
      is_open = message.is_open;
      begin({ page: message.page, locale: message.locale, identity: message.identity });
      tell({ type: "ready" });
      break;
    case "open":
      is_open = true;
      app?.open(message.page);
      break;
    case "close":
      is_open = false;
      app?.close();
      break;
    case "identify":
      if (!host || host.identity === message.identity) return;
      // Another person: nothing of the former one stays in this tab.
      passing.set(ACTIVE_KEY, null);
      tell({ type: "unread", count: 0 });
      begin({ page: host.page, locale: host.locale, identity: message.identity });
      break;
    case "fill":
      app?.fill(message.text);
      break;
  }
});

document.addEventListener("keydown", (event) => {
  // An open dialog takes Escape for itself.
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  tell({ type: "close" });
});

// Opened by itself, without a page around it, the chat works as a page.
if (window.parent === window) {
  is_open = true;
  const { origin: here, pathname } = window.location;
  begin({ page: here + pathname, locale: navigator.language });
}
