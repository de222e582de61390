/**
 * Segue for TypeScript: ask, on every turn, whether an assistant may go on. One method for
 * each call that a key may make; what goes in and out is typed by `generated/schema.ts`, which is
 * generated from the server's own document.
 */

import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./generated/schema";

type Schema = components["schemas"];
export type OpenBody = Schema["OpenBody"];
export type Opened = Schema["Opened"];
export type TurnBody = Schema["TurnBody"];
export type TurnAnswer = Schema["TurnAnswer"];
export type HandoffBody = Schema["HandoffBody"];
export type HandoffAnswer = Schema["HandoffAnswer"];
export type ProgramConversation = Schema["ProgramConversation"];
export type Packet = Schema["Packet"];

/** How often a call is made that met no server, or one that is not ready. */
const TRIES = 3;
/** The pause before the next try; each is twice as long as the one before. */
const PAUSE_MS = 200;
/** How long a call may take. */
const TIMEOUT_MS = 10_000;

/** The server refused. `code` is stable and has a page at `/errors/CODE`. */
export class SegueError extends Error {
  override readonly name = "SegueError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId?: string,
  ) {
    super(`${code}: ${message}`);
  }
}

export interface SegueOptions {
  /** Where the server is: `http://127.0.0.1:8080`. */
  url: string;
  /** A key with the scopes `turn:write`, `conv:read` and `escalate`. */
  key: string;
  /** Another way to fetch, for tests and proxies. */
  fetch?: typeof fetch;
}

/** A server, with a key. */
export class Segue {
  readonly #client: Client<paths>;

  constructor({ url, key, fetch: fetched = fetch }: SegueOptions) {
    this.#client = createClient<paths>({
      baseUrl: url.replace(/\/+$/, ""),
      headers: { Authorization: `Bearer ${key}` },
      fetch: (request) => persistent(request, fetched),
    });
  }

  /** Begins a conversation that your assistant answers. */
  async openConversation(body: OpenBody = {}): Promise<Opened> {
    return taken(await this.#client.POST("/v1/conversations", { body, headers: once() }));
  }

  /**
   * Brings a turn, the customer's or your assistant's, and gives the verdict. An
   * assistant's turn needs the `epoch` it was made under; once a person has the floor it is
   * refused with the code `floor_lost` and not shown.
   */
  async addTurn(id: string, body: TurnBody): Promise<TurnAnswer> {
    const params = { path: { id } };
    return taken(
      await this.#client.POST("/v1/conversations/{id}/turns", { params, body, headers: once() }),
    );
  }

  /** Asks for a person; asking again while one is on the way changes nothing. */
  async askForHandoff(id: string, body: HandoffBody = {}): Promise<HandoffAnswer> {
    const params = { path: { id } };
    return taken(
      await this.#client.POST("/v1/conversations/{id}/handoff", { params, body, headers: once() }),
    );
  }

  /** Who may speak, what was said, and what a person told you when handing back. */
  async readConversation(id: string): Promise<ProgramConversation> {
    return taken(await this.#client.GET("/v1/conversations/{id}", { params: { path: { id } } }));
  }

  /** What an agent reads before they answer. */
  async readPacket(id: string): Promise<Packet> {
    return taken(
      await this.#client.GET("/v1/conversations/{id}/packet", { params: { path: { id } } }),
    );
  }
}

/** A write carries the same key however often it is sent, so that it is done once. */
function once(): Record<string, string> {
  return { "Idempotency-Key": crypto.randomUUID() };
}

async function persistent(request: Request, fetched: typeof fetch): Promise<Response> {
  for (let tried = 0; ; tried += 1) {
    const isLast = tried + 1 >= TRIES;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await fetched(request.clone(), { signal });
      if (isLast || (response.status !== 429 && response.status !== 503)) {
        return response;
      }
      await pause(tried, response.headers.get("Retry-After"));
    } catch (error) {
      if (isLast) {
        throw error;
      }
      await pause(tried, null);
    }
  }
}

function pause(tried: number, retryAfter: string | null): Promise<void> {
  const told = retryAfter === null ? Number.NaN : Number(retryAfter) * 1000;
  const ms = Number.isFinite(told) ? told : PAUSE_MS * 2 ** tried;
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function taken<Data>({
  data,
  error,
  response,
}: {
  data?: Data;
  error?: unknown;
  response: Response;
}): Data {
  if (response.ok && data !== undefined) {
    return data;
  }
  const told = (error as { error?: Record<string, unknown> } | undefined)?.error;
  throw new SegueError(
    response.status,
    typeof told?.code === "string" ? told.code : "unexpected_answer",
    typeof told?.message === "string" ? told.message : response.statusText,
    typeof told?.request_id === "string" ? told.request_id : undefined,
  );
}
