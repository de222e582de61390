/** The check of a text that is being written, some moments after the last key. */
import { ApiError, type Lint, type Policy } from "@segue/client";
import type { TFunction } from "i18next";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { errorText } from "../../../ui/states";
import type { Finding } from "./findings";

const AFTER_MS = 400;

export type Checked =
  | { status: "checking" }
  | { status: "checked"; problems: Lint[]; lints: Lint[] };

const CHECKING: Checked = { status: "checking" };

export function useCheck(
  policy: Pick<Policy, "text" | "lints">,
  text: string,
): { checked: Checked; findings: Finding[]; isClean: boolean } {
  const { t } = useTranslation();
  // What is found holds for the text that was looked at, and for no other.
  const [latest, setLatest] = useState({ text: policy.text, checked: known(policy) });
  const checked = latest.text === text ? latest.checked : CHECKING;
  useEffect(() => {
    const setChecked = (checked: Checked) => setLatest({ text, checked });
    if (text === policy.text) {
      setChecked(known(policy));
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.lintPolicy(text, stop.signal).then(
        (answer) => setChecked({ status: "checked", ...answer }),
        (error: unknown) => {
          if (!stop.signal.aborted) setChecked(failed(error, t));
        },
      );
    }, AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [policy, text, t]);
  const findings = useMemo(() => findingsOf(checked), [checked]);
  const isClean = checked.status === "checked" && checked.problems.length === 0;
  return { checked, findings, isClean };
}

function known(policy: Pick<Policy, "lints">): Checked {
  return { status: "checked", problems: [], lints: policy.lints };
}

function failed(error: unknown, t: TFunction): Checked {
  const code = error instanceof ApiError ? error.code : "check_failed";
  const problem = { line: 0, column: 0, path: "", message: errorText(error, t), code };
  return { status: "checked", problems: [problem], lints: [] };
}

function findingsOf(checked: Checked): Finding[] {
  if (checked.status === "checking") return [];
  return [
    ...checked.problems.map((lint) => ({ lint, isProblem: true })),
    ...checked.lints.map((lint) => ({ lint, isProblem: false })),
  ];
}
