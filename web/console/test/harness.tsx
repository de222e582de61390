/** Renders a part of the console over the mock's data, with a server that answers by hand. */
import { Live, type LiveStatus, type Me, type StaffFrame } from "@segue/client";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { vi } from "vitest";
import { me } from "../mock/brightcrate/people";
import { LiveContext } from "../src/live/hooks";
import { LiveStore } from "../src/live/store";
import { SessionProvider } from "../src/session";
import { ToastProvider } from "../src/ui/toast";

export type Call = { method: string; path: string; body: unknown };
type Answers = Record<string, (call: Call) => { status?: number; body?: unknown }>;

/** `METHOD path` → answer; whatever is not listed is a 404 of the contract. */
export function serve(answers: Answers): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const call = { method: init.method ?? "GET", path, body };
    calls.push(call);
    const answer = answers[`${call.method} ${path}`]?.(call) ?? refuse(404, "route_unknown");
    const status = answer.status ?? 200;
    return new Response(status === 204 ? null : JSON.stringify(answer.body ?? {}), { status });
  });
  return calls;
}

export function refuse(status: number, code: string, details?: unknown) {
  const error = { code, message: code, details, request_id: "req_test" };
  return { status, body: { error } };
}

/** A console that is signed in and connected; `push` is what the server pushes. */
export function show(children: ReactNode, as: Me = me()) {
  let push: (frame: StaffFrame) => void = () => undefined;
  const store = new LiveStore((handlers) => {
    push = handlers.onFrame;
    handlers.onStatus satisfies (status: LiveStatus) => void;
    // It never connects: frames come from the test.
    return new Live({
      url: "ws://test",
      ticket: () => new Promise(() => undefined),
      ...handlers,
    });
  });
  const tree = (inner: ReactNode) => (
    <SessionProvider initial={{ status: "in", me: as }}>
      <ToastProvider>
        <LiveContext value={store}>{inner}</LiveContext>
      </ToastProvider>
    </SessionProvider>
  );
  const view = render(tree(children));
  return {
    push: (frame: StaffFrame) => push(frame),
    again: (next: ReactNode) => view.rerender(tree(next)),
  };
}
