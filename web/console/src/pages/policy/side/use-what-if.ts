/** Asks the server what a text would have done, some moments after it stopped changing. */

import type { WhatIf } from "@segue/client";
import { useEffect, useState } from "react";
import { api } from "../../../api";

export type WhatIfRange = { days: number; include_demo: boolean; include_imported: boolean };

export type WhatIfState =
  | { status: "idle" }
  | { status: "running"; done: number; total: number }
  | { status: "failed"; error: unknown; retry: () => void }
  | { status: "done"; report: WhatIf };

const AFTER_MS = 900;
const POLL_MS = 300;

export function useWhatIf(text: string, range: WhatIfRange, isWanted: boolean): WhatIfState {
  const [state, setState] = useState<WhatIfState>({ status: "idle" });
  const [round, setRound] = useState(0);
  const { days, include_demo, include_imported } = range;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again after a failure
  useEffect(() => {
    if (!isWanted) {
      setState({ status: "idle" });
      return;
    }
    setState({ status: "running", done: 0, total: 0 });
    const stop = new AbortController();
    const ask = async () => {
      try {
        const started = await api.startWhatIf(
          { text, days, include_demo, include_imported },
          stop.signal,
        );
        for (;;) {
          const job = await api.whatIf(started.id, stop.signal);
          if (stop.signal.aborted) return;
          if (job.state === "failed") throw new Error(job.error ?? "");
          if (job.state === "done" && job.report) {
            setState({ status: "done", report: job.report });
            return;
          }
          setState({ status: "running", done: job.done, total: job.total });
          await pause(POLL_MS);
        }
      } catch (error) {
        if (stop.signal.aborted) return;
        setState({ status: "failed", error, retry: () => setRound((n) => n + 1) });
      }
    };
    const timer = setTimeout(() => void ask(), AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, days, include_demo, include_imported, isWanted, round]);
  return state;
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
