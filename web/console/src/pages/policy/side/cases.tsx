import type { Case, CaseReport } from "@segue/client";
import { lazy, Suspense, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../session";
import { Button, Permitted } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Await, Empty, Failed, Problem, Skeleton } from "../../../ui/states";
import { useToast } from "../../../ui/toast";
import { share } from "../../dashboard/numbers";
import type { CodeHandle } from "../editor/code";
import { FindingList } from "../editor/finding-list";
import type { CasesState } from "./use-cases";

const Code = lazy(() => import("../editor/code"));

/** Conversations with the verdicts that are expected of them, and what the text makes of them. */
export function Cases({ cases, isClean }: { cases: CasesState; isClean: boolean }) {
  const { t } = useTranslation();
  const [isEditing, setEditing] = useState(false);
  const code = useRef<CodeHandle>(null);
  const [goal, setGoal] = useState<number | null>(null);
  const open = (line: number) => {
    setEditing(true);
    setGoal(line);
    code.current?.goTo(line, 1);
  };
  return (
    <Await loaded={cases.loaded} reload={cases.reload} rows={4}>
      {() => (
        <div className="stack">
          <Result cases={cases} isClean={isClean} onOpen={open} />
          <p>
            <Button aria-expanded={isEditing} onClick={() => setEditing(!isEditing)}>
              {t(isEditing ? "cases.edit_close" : "cases.edit")}
            </Button>
          </p>
          {isEditing && <CasesText cases={cases} code={code} goal={goal} />}
        </div>
      )}
    </Await>
  );
}

type TextProps = {
  cases: CasesState;
  code: React.RefObject<CodeHandle | null>;
  goal: number | null;
};

function CasesText({ cases, code, goal }: TextProps) {
  const { t, i18n } = useTranslation();
  const { allowed } = useMe();
  const toast = useToast();
  const problems = cases.result.status === "ready" ? cases.result.data.problems : NONE;
  const findings = useMemo(() => problems.map((lint) => ({ lint, isProblem: true })), [problems]);
  const save = async () => {
    if (await cases.save()) toast(t("cases.saved"));
  };
  return (
    <section className="stack" aria-label={t("cases.text")}>
      <p className="quiet small">{t("cases.text_hint")}</p>
      <div className="code-area is-low">
        <Suspense fallback={<Skeleton rows={4} />}>
          <Code
            key={i18n.language}
            ref={(handle) => {
              const isFirst = code.current === null;
              code.current = handle;
              if (isFirst && handle !== null && goal !== null) handle.goTo(goal, 1);
            }}
            label={t("cases.text")}
            value={cases.text}
            onChange={cases.write}
            findings={findings}
            schema={null}
          />
        </Suspense>
      </div>
      {problems.length > 0 && (
        <FindingList
          checked={{ status: "checked", problems, lints: [] }}
          findings={findings}
          onGo={(line, column) => code.current?.goTo(line, column)}
        />
      )}
      <Problem error={cases.error} />
      <div className="row">
        <Permitted
          allowed={allowed}
          action="propose_policy"
          tone="accent"
          disabled={!cases.isChanged || cases.isBusy || problems.length > 0}
          onClick={() => void save()}
        >
          {t("common.save")}
        </Permitted>
        <Button disabled={!cases.isChanged} onClick={cases.discard}>
          {t("policy.discard")}
        </Button>
      </div>
    </section>
  );
}

const NONE: [] = [];

type ResultProps = { cases: CasesState; isClean: boolean; onOpen: (line: number) => void };

function Result({ cases, isClean, onOpen }: ResultProps) {
  const { t } = useTranslation();
  if (!isClean) return <p className="quiet">{t("try.not_clean")}</p>;
  switch (cases.result.status) {
    case "loading":
      return <Skeleton rows={3} />;
    case "failed":
      return <Failed error={cases.result.error} />;
    case "ready":
      return !cases.result.data.report ? (
        <p className="quiet">{t("cases.broken")}</p>
      ) : (
        <Report report={cases.result.data.report} onOpen={onOpen} />
      );
  }
}

type ReportProps = { report: CaseReport; onOpen: (line: number) => void };

function Report({ report, onOpen }: ReportProps) {
  const { t } = useTranslation();
  const { passed, failed, coverage } = report;
  if (passed + failed === 0) {
    return (
      <Empty icon="list" title={t("cases.empty")}>
        {t("cases.empty_body")}
      </Empty>
    );
  }
  const sorted = [...report.cases].sort((a, b) => Number(a.ok) - Number(b.ok));
  return (
    <>
      <p className={`case-sum ${failed > 0 ? "tone-breach" : "tone-resolved"}`}>
        <Icon name={failed > 0 ? "warn" : "check"} />
        <strong>
          {failed > 0
            ? t("cases.some_failed", { count: failed, all: passed + failed })
            : t("cases.all_passed", { count: passed })}
        </strong>
      </p>
      <Coverage coverage={coverage} />
      <ul className="plain cases">
        {sorted.map((one) => (
          <CaseRow key={`${one.name}-${one.line}`} one={one} onOpen={onOpen} />
        ))}
      </ul>
    </>
  );
}

function Coverage({ coverage }: { coverage: CaseReport["coverage"] }) {
  const { t } = useTranslation();
  const all = coverage.rules.length;
  const covered = all - coverage.uncovered.length;
  return (
    <div className="coverage">
      <p className="small quiet">
        {t("cases.coverage", { covered, all, share: share(coverage.share) })}
      </p>
      <div className="meter" aria-hidden="true">
        <i style={{ width: `${coverage.share * 100}%` }} />
      </div>
      {coverage.uncovered.length > 0 && (
        <details className="small">
          <summary>{t("cases.uncovered", { count: coverage.uncovered.length })}</summary>
          <p className="row">
            {coverage.uncovered.map((rule) => (
              <code key={rule}>{rule}</code>
            ))}
          </p>
        </details>
      )}
    </div>
  );
}

function CaseRow({ one, onOpen }: { one: Case; onOpen: (line: number) => void }) {
  const { t } = useTranslation();
  const wrong = one.turns.filter((turn) => !turn.ok);
  return (
    <li className={one.ok ? "tone-resolved" : "tone-breach"}>
      <details open={!one.ok}>
        <summary>
          <Icon name={one.ok ? "check" : "close"} size={12} />
          <span className="sr-only">{t(one.ok ? "cases.passed" : "cases.failed")} </span>
          {one.name}
        </summary>
        <ol className="plain case-turns">
          {(one.ok ? one.turns : wrong).map((turn) => (
            <li key={turn.turn}>
              <p>
                <span className="faint">{t("turn.number", { turn: turn.turn })}</span>{" "}
                <q dir="auto">{turn.text}</q>
              </p>
              {turn.ok ? (
                <p className="quiet small">
                  <code>{turn.got}</code>
                </p>
              ) : (
                <p className="small">
                  {t("cases.expected")} <code>{turn.expected}</code> · {t("cases.got")}{" "}
                  <code className="is-wrong">{turn.got}</code>
                </p>
              )}
              {!turn.ok &&
                turn.because.map((line) => (
                  <p key={line} className="quiet small" lang="en">
                    {line}
                  </p>
                ))}
            </li>
          ))}
        </ol>
        <button type="button" className="text-link small" onClick={() => onOpen(one.line)}>
          {t("cases.go", { line: one.line })}
        </button>
      </details>
    </li>
  );
}
