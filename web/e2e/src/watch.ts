// What a browser did besides showing pages: what came in over the wire, and what must never happen.

import type { BrowserContext, Page } from "playwright-core";

/** One thing that a page received. */
export interface Heard {
  over: "http" | "live";
  text: string;
}

/** Everything one page receives from its server, in order. */
export function hear(page: Page): Heard[] {
  const heard: Heard[] = [];
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      heard.push({ over: "live", text: payload.toString() });
    });
  });
  page.on("response", (response) => {
    if (!new URL(response.url()).pathname.startsWith("/v1/")) return;
    response.text().then(
      (text) => heard.push({ over: "http", text }),
      // A page that went away has no body any more.
      () => undefined,
    );
  });
  return heard;
}

/** Keeps what must not happen in any story: errors, dialogs, requests to elsewhere. */
export class Watch {
  readonly errors: string[] = [];
  readonly dialogs: string[] = [];
  readonly foreign: string[] = [];
  #origins: readonly string[];

  constructor(context: BrowserContext, origins: readonly string[]) {
    this.#origins = origins;
    context.on("weberror", (error) => this.errors.push(String(error.error())));
    context.on("console", (message) => {
      if (/content security policy|trusted type/i.test(message.text()))
        this.errors.push(message.text());
    });
    context.on("dialog", (dialog) => {
      this.dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    context.on("request", (request) => {
      const { origin, protocol } = new URL(request.url());
      const is_page = protocol === "http:" || protocol === "https:";
      if (is_page && !this.#origins.includes(origin)) this.foreign.push(request.url());
    });
  }

  /** Everything that went wrong so far, in words. */
  get faults(): string[] {
    return [
      ...this.errors.map((text) => `error on a page: ${text}`),
      ...this.dialogs.map((text) => `a page opened a dialog: ${text}`),
      ...this.foreign.map((url) => `a page asked elsewhere: ${url}`),
    ];
  }
}
