// The stage of one file of stories: a server of its own, and as many people before it as the
// stories need, each with a browser profile of their own.

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, inject } from "vitest";
import { Agent } from "./agent";
import { Customer } from "./customer";
import { Server } from "./server";
import { SOON_MS } from "./wait";
import { Watch } from "./watch";

const here = (folder: string) => fileURLToPath(new URL(`../${folder}`, import.meta.url));
export const SCREENSHOTS = here("screenshots");
const FAILURES = here("failures");
const DESK = { width: 1440, height: 900 };
const SHOP = { width: 1100, height: 800 };

interface Size {
  width: number;
  height: number;
}
interface ContextOptions {
  size?: Size;
  colors?: "light" | "dark";
  session?: Session;
}
type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;
interface CustomerOptions extends ContextOptions {
  /** The e-mail address of a demo customer to sign in as; nobody otherwise. */
  as?: string;
}

export class Stage {
  #server: Server | undefined;
  #browser: Browser | undefined;
  readonly #watches: Watch[] = [];
  readonly #contexts: BrowserContext[] = [];
  /** Who is signed in already, by name: links work once, sessions longer. */
  readonly #sessions = new Map<string, Session>();

  get server(): Server {
    if (!this.#server) throw new Error("the server runs from `beforeAll` on");
    return this.#server;
  }

  async open(is_demo: boolean, connected: string | undefined): Promise<void> {
    const data = mkdtempSync(join(tmpdir(), "segue-story-"));
    if (is_demo) cpSync(inject("demo"), data, { recursive: true });
    const connections = connected === undefined ? undefined : join(data, "connections.toml");
    if (connections) writeFileSync(connections, connected ?? "");
    const [browser, server] = await Promise.all([
      chromium.connect(inject("browser")),
      Server.start({ data, demo: is_demo, connections }),
    ]);
    this.#browser = browser;
    this.#server = server;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.stop();
    if (this.#server) rmSync(this.#server.data, { recursive: true, force: true });
  }

  /** The power is cut, and the server comes back on the same data and ports. */
  async cutPower(): Promise<void> {
    await this.server.kill();
    this.#server = await this.server.again();
  }

  /** The same, with something done while it is dark. */
  async inTheDark(action: () => Promise<void>): Promise<void> {
    await this.server.kill();
    await action();
    this.#server = await this.server.again();
  }

  /** A browser profile that nobody else shares. */
  async context(options: ContextOptions = {}): Promise<BrowserContext> {
    const { size = SHOP, colors = "light", session } = options;
    if (!this.#browser) throw new Error("the browser runs from `beforeAll` on");
    const context = await this.#browser.newContext({
      viewport: size,
      colorScheme: colors,
      storageState: session,
      locale: "en-GB",
      timezoneId: "Europe/Berlin",
      reducedMotion: "reduce",
    });
    context.setDefaultTimeout(SOON_MS);
    // The chat's shadow root is closed to scripts of the page, and so to ours; people see inside.
    await context.addInitScript(() => {
      const { attachShadow } = Element.prototype;
      Element.prototype.attachShadow = function (init) {
        return attachShadow.call(this, { ...init, mode: "open" });
      };
    });
    const origins = [this.server.console, this.server.widget].map((url) => new URL(url).origin);
    this.#watches.push(new Watch(context, origins));
    this.#contexts.push(context);
    return context;
  }

  /** Somebody on the company's site with the chat open. */
  async customer({ as, ...options }: CustomerOptions = {}): Promise<Customer> {
    const context = await this.context(options);
    const customer = new Customer(await context.newPage(), this.server.widget);
    await customer.arrive(as);
    return customer;
  }

  /** One of the demo's people, signed in by their link. */
  async agent(name: string, options: ContextOptions = {}): Promise<Agent> {
    const session = this.#sessions.get(name);
    const context = await this.context({ size: DESK, session, ...options });
    const agent = new Agent(await context.newPage(), name);
    if (session) {
      await agent.comesTo(this.server.console);
    } else {
      await agent.signIn(await this.server.link(name));
      this.#sessions.set(name, await context.storageState());
    }
    return agent;
  }

  async shot(page: Page, name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  /** What no story may bring about, and what did. */
  get faults(): string[] {
    return this.#watches.flatMap((watch) => watch.faults);
  }

  /** Keeps what can be seen of a story that failed, and forgets its people. */
  async end(story: string, has_failed: boolean): Promise<void> {
    if (has_failed) {
      const folder = join(FAILURES, story.replaceAll(/[^a-z0-9]+/gi, "-"));
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, "server.log"), this.server.log);
      const pages = this.#contexts.flatMap((context) => context.pages());
      await Promise.all(
        pages.map((page, at) =>
          page.screenshot({ path: join(folder, `${at}.png`) }).catch(() => undefined),
        ),
      );
    }
    await Promise.all(this.#contexts.map((context) => context.close()));
    this.#contexts.length = 0;
    this.#watches.length = 0;
  }
}

interface StageOptions {
  demo?: boolean;
  /** What the server's file of connections says. */
  connections?: () => Promise<string>;
}

/** Sets the stage for a file of stories. */
export function stage({ demo = true, connections }: StageOptions = {}): Stage {
  const set = new Stage();
  beforeAll(async () => set.open(demo, await connections?.()));
  afterEach(async ({ task }) => {
    const { faults } = set;
    await set.end(task.name, task.result?.state === "fail" || faults.length > 0);
    if (faults.length > 0) throw new Error(faults.join("\n"));
  });
  afterAll(() => set.close());
  return set;
}
