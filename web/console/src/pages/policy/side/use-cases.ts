/** The cases beside the policy, run against the text that is being written. */

import type { CasesFile, TestAnswer } from "@segue/client";
import { useEffect, useState } from "react";
import { api } from "../../../api";
import { type Loaded, useAction, useLoad } from "../../../lib/hooks";

const AFTER_MS = 600;

export function useCases(text: string, isWanted: boolean) {
  const { loaded, reload, set } = useLoad(() => api.policyCases(), []);
  const [written, setWritten] = useState<string | null>(null);
  const [result, setResult] = useState<Loaded<TestAnswer>>({ status: "loading" });
  const { isBusy, error, run } = useAction();
  const saved = loaded.status === "ready" ? loaded.data : null;
  const cases = written ?? saved?.text ?? null;
  useEffect(() => {
    if (!isWanted || cases === null) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.testPolicy(text, cases, stop.signal).then(
        (data) => setResult({ status: "ready", data }),
        (error: unknown) => {
          if (!stop.signal.aborted) setResult({ status: "failed", error });
        },
      );
    }, AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, cases, isWanted]);
  const save = () =>
    run(async () => {
      if (written === null) return;
      const next: CasesFile = await api.savePolicyCases(written, saved?.version);
      set(next);
      setWritten(null);
    });
  return {
    loaded,
    reload,
    result,
    text: cases ?? "",
    isChanged: written !== null && written !== saved?.text,
    write: setWritten,
    discard: () => setWritten(null),
    save,
    isBusy,
    error,
  };
}

export type CasesState = ReturnType<typeof useCases>;
