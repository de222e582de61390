// Once for all stories: one browser, and one seeded demo to copy from.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { Server } from "./server";

declare module "vitest" {
  export interface ProvidedContext {
    browser: string;
    /** The data of a demo that was started once and stopped. */
    demo: string;
  }
}

const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default async function setup(project: TestProject) {
  // What failed last time says nothing about this time.
  rmSync(new URL("../failures", import.meta.url), { recursive: true, force: true });
  const folder = mkdtempSync(join(tmpdir(), "segue-e2e-"));
  const demo = join(folder, "demo");
  const seed = async () => {
    const server = await Server.start({ data: demo, demo: true });
    await server.stop();
  };
  const [browser] = await Promise.all([
    chromium.launchServer({ executablePath: BROWSER, args: ARGUMENTS }),
    seed(),
  ]);
  project.provide("browser", browser.wsEndpoint());
  project.provide("demo", demo);
  return async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  };
}
