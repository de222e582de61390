// The one script a site includes. It adds a round button and a panel with the chat in a frame of
// the widget's own origin, in a closed shadow root: neither side's styles or scripts reach the
// other. It sets no cookie and stores nothing.
//
//   <script src="https://WIDGET/widget.js" data-identity="SIGNED" data-locale="de" defer></script>

import { envelope, readToLoader, type ToApp } from "../messages";
import { STYLE } from "./style";

/** What the page may do, as `window.Segue`. */
export interface SegueHandle {
  open(): void;
  close(): void;
  /** Signs somebody in with an identity signed by the page's own server, or out with none. */
  identify(identity?: string): void;
  /** Puts a text into the message field. Sending stays with the customer. */
  fill(text: string): void;
}

declare global {
  interface Window {
    Segue?: SegueHandle;
  }
}

const SVG = "http://www.w3.org/2000/svg";
const WORDS = {
  en: { open: "Open chat", close: "Close chat", panel: "Chat", unread: "unread messages" },
  de: {
    open: "Chat öffnen",
    close: "Chat schließen",
    panel: "Chat",
    unread: "ungelesene Nachrichten",
  },
};

function drawing(className: string, d: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

/** The page's language, with the visitor's region where both speak the same. */
function regional(language: string): string {
  const own = navigator.language;
  return !language || own.toLowerCase().startsWith(`${language.toLowerCase()}-`) ? own : language;
}

function start(script: HTMLScriptElement): void {
  const origin = new URL(script.src, location.href).origin;
  const locale = script.dataset.locale || regional(document.documentElement.lang);
  const words = locale.toLowerCase().startsWith("de") ? WORDS.de : WORDS.en;
  let identity = script.dataset.identity || undefined;
  let is_open = false;
  let is_ready = false;
  let waiting: ToApp[] = [];

  const host = document.createElement("div");
  host.id = "segue-widget";
  // The page's own rules for every div must not move or hide it.
  for (const [name, value] of Object.entries({
    all: "initial",
    position: "fixed",
    "z-index": "2147483000",
  }))
    host.style.setProperty(name, value, "important");
  const root = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.setAttribute("aria-controls", "panel");
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.hidden = true;
  button.append(
    drawing("chat", "M4 5.500h16v11h-8.500L7 20v-3.500H4z"),
    drawing("down", "M6 9.500l6 6 6-6"),
    badge,
  );

  const panel = document.createElement("div");
  panel.id = "panel";
  panel.className = "panel";
  panel.hidden = true;
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", words.panel);
  const frame = document.createElement("iframe");
  frame.title = words.panel;
  // On its own origin (the demo) a sandbox would hold nothing back and browsers warn about it.
  if (origin !== location.origin)
    frame.setAttribute(
      "sandbox",
      "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox",
    );
  frame.referrerPolicy = "no-referrer";
  panel.append(frame);

  /** Without its query: addresses carry tokens and search words. */
  const page = () => (location.origin + location.pathname).slice(0, 2_000);
  const post = (message: ToApp) => frame.contentWindow?.postMessage(envelope(message), origin);
  const tell = (message: ToApp) => {
    if (is_ready) post(message);
    else waiting.push(message);
  };

  const label = (count: number) => {
    button.setAttribute("aria-expanded", `${is_open}`);
    const action = is_open ? words.close : words.open;
    button.setAttribute("aria-label", count > 0 ? `${action}, ${count} ${words.unread}` : action);
    badge.hidden = count === 0 || is_open;
    badge.textContent = count > 9 ? "9+" : `${count}`;
  };

  const open = () => {
    is_open = true;
    panel.hidden = false;
    host.classList.add("open");
    button.classList.add("open");
    label(0);
    frame.focus();
    tell({ type: "open", page: page() });
  };
  const close = () => {
    if (!is_open) return;
    is_open = false;
    panel.hidden = true;
    button.classList.remove("open");
    label(0);
    button.focus();
    tell({ type: "close" });
  };

  button.addEventListener("click", () => (is_open ? close() : open()));
  root.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent && event.key === "Escape") close();
  });
  frame.addEventListener("load", () => {
    is_ready = false;
    post({ type: "init", page: page(), locale: locale.slice(0, 35), identity, is_open });
  });
  window.addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const message = readToLoader(event.data);
    switch (message?.type) {
      case "ready":
        is_ready = true;
        for (const held of waiting) post(held);
        waiting = [];
        break;
      case "close":
        close();
        break;
      case "unread":
        if (!is_open) label(message.count);
        break;
      case "identity_needed":
        // A page that can sign again answers with `Segue.identify`.
        window.dispatchEvent(new CustomEvent("segue:identity-needed"));
        break;
      default:
        break;
    }
  });

  window.Segue = {
    open,
    close,
    identify: (next) => {
      identity = next;
      // Before the app is ready, `init` carries it.
      if (is_ready) post({ type: "identify", identity });
    },
    fill: (text) => tell({ type: "fill", text: text.slice(0, 4_000) }),
  };

  label(0);
  // Before it is in the page, so that no empty document of the page's own origin is loaded first.
  frame.src = `${origin}/widget`;
  root.append(panel, button);
  document.body.append(host);
}

const script = document.currentScript;
// Included twice, it works once.
if (script instanceof HTMLScriptElement && !window.Segue) {
  if (document.body) start(script);
  else document.addEventListener("DOMContentLoaded", () => start(script), { once: true });
}
