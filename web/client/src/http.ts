/** One way to call the API: JSON in, JSON out, an `ApiError` for everything else. */
import type { ErrorBody } from "./wire";

export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    /** HTTP status; 0 when no answer arrived. */
    readonly status: number,
    /** Stable code of `docs/errors/`, or `offline` when no answer arrived. */
    readonly code: string,
    message: string,
    readonly details: unknown = undefined,
    readonly request_id: string | undefined = undefined,
  ) {
    super(message);
  }
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export type HttpOptions = {
  /** Origin of the API without a slash at the end; empty for the page's own. */
  base?: string;
  /** Headers of every call, read at the time of the call. */
  headers?: () => Record<string, string>;
  fetch?: typeof fetch;
};

export type Send = {
  body?: unknown;
  /** A body that is not JSON. */
  raw?: { text: string; type: string };
  /** The same key with the same body gets the same answer; fresh when not given. */
  idempotencyKey?: string;
  signal?: AbortSignal;
};

/** A function that calls the API; `T` is the wire type that the contract promises. */
export type Call = <T>(method: Method, path: string, send?: Send) => Promise<T>;

export function createCall(options: HttpOptions = {}): Call {
  const base = options.base ?? "";
  return async <T>(method: Method, path: string, send: Send = {}): Promise<T> => {
    const headers: Record<string, string> = { accept: "application/json", ...options.headers?.() };
    let body: string | undefined;
    if (send.raw !== undefined) {
      headers["content-type"] = send.raw.type;
      body = send.raw.text;
    } else if (method !== "GET" && method !== "DELETE") {
      headers["content-type"] = "application/json";
      body = JSON.stringify(send.body ?? {});
    }
    if (method !== "GET") headers["idempotency-key"] = send.idempotencyKey ?? freshKey();
    const go = options.fetch ?? fetch;
    let response: Response;
    try {
      response = await go(base + path, { method, headers, body, signal: send.signal });
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
      throw new ApiError(0, "offline", "the server could not be reached");
    }
    if (!response.ok) throw await readError(response);
    if (response.status === 204) return undefined as T;
    const text = await response.text();
    return (text === "" ? undefined : JSON.parse(text)) as T;
  };
}

/** A key that no other call has used. */
export function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function readError(response: Response): Promise<ApiError> {
  try {
    const { error } = (await response.json()) as ErrorBody;
    return new ApiError(
      response.status,
      error.code,
      error.message,
      error.details,
      error.request_id,
    );
  } catch {
    return new ApiError(response.status, "unexpected_answer", response.statusText);
  }
}
