// The real server as its own process: addresses and sign-in links are read from its output, the way
// a person would.

import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { until } from "./wait";

const START_MS_MAX = 60_000;
const run = promisify(execFile);

/** The built server: `SEGUE_BIN`, or what cargo built last for development or release. */
export function binary(): string {
  const built = ["debug", "release"].map((profile) =>
    fileURLToPath(new URL(`../../../target/${profile}/segue`, import.meta.url)),
  );
  const found = process.env.SEGUE_BIN ?? built.find((path) => existsSync(path));
  if (!found) throw new Error("no server to test: build it with `cargo build -p segue`");
  return found;
}

export interface ServerOptions {
  data: string;
  demo?: boolean;
  /** A file of connections. */
  connections?: string;
  /** Ports to listen on again after a restart; free ones otherwise. */
  console_port?: number;
  widget_port?: number;
}

export class Server {
  readonly #options: ServerOptions;
  readonly #process: ChildProcess;
  #out = "";
  #log = "";

  private constructor(options: ServerOptions) {
    this.#options = options;
    const { data, demo, console_port = 0, widget_port } = options;
    const flags = ["serve", "--data", data, "--listen", `127.0.0.1:${console_port}`];
    if (widget_port !== undefined) flags.push("--widget-listen", `127.0.0.1:${widget_port}`);
    if (demo) flags.push("--demo");
    if (options.connections) flags.push("--connections", options.connections);
    this.#process = spawn(binary(), flags, {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
    });
    this.#process.stdout?.on("data", (chunk: Buffer) => {
      this.#out += chunk.toString();
    });
    this.#process.stderr?.on("data", (chunk: Buffer) => {
      this.#log += chunk.toString();
    });
  }

  static async start(options: ServerOptions): Promise<Server> {
    const server = new Server(options);
    await until(
      "the server is ready",
      async () => {
        if (server.#process.exitCode !== null)
          throw new Error(`the server ended at once:\n${server.#log}`);
        return server.#address("API") !== undefined && (await server.#isReady());
      },
      Boolean,
      START_MS_MAX,
    );
    return server;
  }

  get data(): string {
    return this.#options.data;
  }

  /** Everything it wrote to its log. */
  get log(): string {
    return `${this.#out}\n${this.#log}`;
  }

  get console(): string {
    return this.#known("console");
  }

  get widget(): string {
    return this.#known(this.#options.demo ? "customer page" : "widget").replace("widget.js", "");
  }

  /** The one-time sign-in link of a demo person. */
  async link(name: string): Promise<string> {
    const line = new RegExp(`^ +${name} \\(.*?\\) +(http\\S+)$`, "m");
    const link = await until(`a link for ${name}`, () => line.exec(this.#out)?.[1]);
    return link ?? "";
  }

  /** The code that claims a fresh server, from its log. */
  async setupCode(): Promise<string> {
    const line = /within 30 minutes: (\S+)/;
    return (await until("a setup code", () => line.exec(this.#log)?.[1])) ?? "";
  }

  /** Runs another command of the same program. */
  async command(...words: string[]): Promise<string> {
    const { stdout } = await run(binary(), words);
    return stdout;
  }

  /** The power cut: no warning, nothing flushed. */
  async kill(): Promise<void> {
    this.#process.kill("SIGKILL");
    await this.#ended();
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill("SIGTERM");
    await this.#ended();
  }

  /** Another process on the same data and ports. */
  async again(): Promise<Server> {
    const port = (address: string) => Number(new URL(address).port);
    return Server.start({
      ...this.#options,
      console_port: port(this.console),
      widget_port: port(this.widget),
    });
  }

  #address(name: string): string | undefined {
    return new RegExp(`^ +${name} +(http\\S+)$`, "m").exec(this.#out)?.[1];
  }

  #known(name: string): string {
    const address = this.#address(name);
    if (address === undefined) throw new Error(`the server named no address for ${name}`);
    return address;
  }

  async #isReady(): Promise<boolean> {
    try {
      return (await fetch(`${this.console}readyz`)).ok;
    } catch {
      return false;
    }
  }

  async #ended(): Promise<void> {
    try {
      await until("the server has ended", () => {
        const { exitCode, signalCode } = this.#process;
        return exitCode !== null || signalCode !== null;
      });
    } catch (error) {
      this.#process.kill("SIGKILL");
      throw error;
    }
  }
}
