import type { Lint, Policy } from "@segue/client";
import type { TFunction } from "i18next";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction, useLoad } from "../../lib/hooks";
import { POLICY_VIEWS, type PolicyView, paths } from "../../routes";
import { useMe } from "../../session";
import { PageFrame } from "../../shell/shell";
import { Button, Permitted } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icon";
import { Tag, Time } from "../../ui/marks";
import { Await } from "../../ui/states";
import { useToast } from "../../ui/toast";

export function PolicyPage({ view }: { view: PolicyView }) {
  const { t } = useTranslation();
  const { loaded, reload, set } = useLoad(() => api.policy(), []);
  return (
    <PageFrame title={t("rail.policy")} lead={t("policy.lead")}>
      <nav className="tabs" aria-label={t("policy.views")}>
        {POLICY_VIEWS.map((one) => (
          <a key={one} href={paths.policy(one)} aria-current={one === view ? "page" : undefined}>
            {t(`policy.view_${one}`)}
          </a>
        ))}
      </nav>
      <Await loaded={loaded} reload={reload} rows={10}>
        {(policy) => {
          switch (view) {
            case "edit":
              return <Editor key={policy.version} policy={policy} onActivated={set} />;
            case "explain":
              return <pre className="card explain">{policy.explain}</pre>;
            case "versions":
              return <Versions policy={policy} onActivated={set} />;
          }
        }}
      </Await>
    </PageFrame>
  );
}

/** Lint runs this long after the last key. */
const LINT_AFTER_MS = 400;

type Linted = { status: "checking" } | { status: "checked"; problems: Lint[]; lints: Lint[] };

type EditorProps = { policy: Policy; onActivated: (policy: Policy) => void };

function Editor({ policy, onActivated }: EditorProps) {
  const { t } = useTranslation();
  const me = useMe();
  const toast = useToast();
  const [text, setText] = useState(policy.text);
  const [isAsking, setAsking] = useState(false);
  const { isBusy, error, run } = useAction();
  const linted = useLint(policy, text);
  const box = useRef<HTMLTextAreaElement>(null);
  const isChanged = text !== policy.text;
  const isClean = linted.status === "checked" && linted.problems.length === 0;
  const goTo = (lint: Lint) => {
    const area = box.current;
    if (area === null || !lint.line) return;
    const before = text
      .split("\n")
      .slice(0, lint.line - 1)
      .join("\n").length;
    const at = before + (lint.line > 1 ? 1 : 0) + Math.max(0, (lint.column || 1) - 1);
    area.focus();
    area.setSelectionRange(at, at);
  };
  const activate = async () => {
    const isDone = await run(async () => {
      const next = await api.activatePolicy(text, policy.version);
      toast(t("policy.activated", { version: next.version }));
      onActivated(next);
    });
    if (isDone) setAsking(false);
  };
  return (
    <div className="policy-edit">
      <p className="row">
        <Tag tone="resolved" icon="check">
          {t("policy.active", { version: policy.version })}
        </Tag>
        <span className="quiet">
          {t("policy.since")} <Time at={policy.activated_at} />
          {policy.by && ` · ${policy.by}`}
        </span>
        {isChanged && <Tag tone="waiting">{t("policy.changed")}</Tag>}
      </p>
      <CodeArea ref={box} value={text} onChange={setText} problems={problemLines(linted)} />
      <div className="row">
        <Permitted
          allowed={me.allowed}
          action="edit_policy"
          tone="accent"
          disabled={!isChanged || !isClean || isBusy}
          onClick={() => setAsking(true)}
        >
          {t("policy.activate")}
        </Permitted>
        <Button disabled={!isChanged} onClick={() => setText(policy.text)}>
          {t("policy.discard")}
        </Button>
      </div>
      <LintList linted={linted} onGo={goTo} />
      {isAsking && (
        <Dialog
          title={t("policy.ask_title")}
          confirm={t("policy.activate")}
          isBusy={isBusy}
          error={error}
          onConfirm={() => void activate()}
          onClose={() => setAsking(false)}
        >
          <p>{t("policy.ask_body")}</p>
          <p className="quiet">{changed(policy.text, text, t)}</p>
        </Dialog>
      )}
    </div>
  );
}

function changed(before: string, after: string, t: TFunction): string {
  const old = new Set(before.split("\n"));
  const now = new Set(after.split("\n"));
  const added = after.split("\n").filter((line) => !old.has(line)).length;
  const removed = before.split("\n").filter((line) => !now.has(line)).length;
  return t("policy.ask_lines", { added, removed });
}

/** The server says 0 where a finding is about no line. */
function hasLine(lint: Lint): boolean {
  return lint.line > 0;
}

function problemLines(linted: Linted): ReadonlySet<number> {
  if (linted.status !== "checked") return new Set();
  return new Set(linted.problems.filter(hasLine).map((lint) => lint.line));
}

function useLint(policy: Policy, text: string): Linted {
  const [linted, setLinted] = useState<Linted>({
    status: "checked",
    problems: [],
    lints: policy.lints,
  });
  useEffect(() => {
    if (text === policy.text) {
      setLinted({ status: "checked", problems: [], lints: policy.lints });
      return;
    }
    setLinted({ status: "checking" });
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.lintPolicy(text, stop.signal).then(
        (answer) => setLinted({ status: "checked", ...answer }),
        (error: unknown) => {
          if (stop.signal.aborted) return;
          const message = error instanceof Error ? error.message : String(error);
          const problem = { line: 0, column: 0, path: "", message, code: "lint_failed" };
          setLinted({ status: "checked", problems: [problem], lints: [] });
        },
      );
    }, LINT_AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [policy, text]);
  return linted;
}

function LintList({ linted, onGo }: { linted: Linted; onGo: (lint: Lint) => void }) {
  const { t } = useTranslation();
  if (linted.status === "checking") {
    return (
      <p className="quiet" role="status">
        {t("policy.checking")}
      </p>
    );
  }
  const all = [
    ...linted.problems.map((lint) => ({ lint, isProblem: true })),
    ...linted.lints.map((lint) => ({ lint, isProblem: false })),
  ];
  return (
    <section aria-label={t("policy.findings")} role="status">
      {all.length === 0 && <p className="quiet">{t("policy.clean")}</p>}
      <ul className="plain lints">
        {all.map(({ lint, isProblem }) => (
          <li
            key={`${lint.code}-${lint.line}-${lint.column}-${lint.message}`}
            className={isProblem ? "tone-breach" : "tone-waiting"}
          >
            <Icon name="warn" />
            <span>
              {hasLine(lint) && (
                <button type="button" className="text-link" onClick={() => onGo(lint)}>
                  {t("policy.at", { line: lint.line, column: lint.column || 1 })}
                </button>
              )}{" "}
              {lint.message}
              {lint.hint && <span className="quiet"> {lint.hint}</span>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type CodeAreaProps = {
  ref: React.RefObject<HTMLTextAreaElement | null>;
  value: string;
  onChange: (value: string) => void;
  problems: ReadonlySet<number>;
};

/** A text area with line numbers; the numbers follow its scrolling. */
function CodeArea({ ref, value, onChange, problems }: CodeAreaProps) {
  const { t } = useTranslation();
  const gutter = useRef<HTMLDivElement>(null);
  const lines = value.split("\n").length;
  return (
    <div className="code-area">
      <div className="gutter" ref={gutter} aria-hidden="true">
        {Array.from({ length: lines }, (_, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the number is the key
          <span key={at} className={problems.has(at + 1) ? "has-problem" : undefined}>
            {at + 1}
          </span>
        ))}
      </div>
      <textarea
        ref={ref}
        aria-label={t("policy.text")}
        spellCheck={false}
        wrap="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </div>
  );
}

function Versions({ policy, onActivated }: EditorProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<string | null>(null);
  return (
    <div className="card table-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("policy.version")}</th>
            <th scope="col">{t("policy.activated_at")}</th>
            <th scope="col">{t("policy.by")}</th>
            <th scope="col">
              <span className="sr-only">{t("policy.show")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {policy.versions.map(({ version, activated_at, by }) => (
            <tr key={`${version}-${activated_at}`}>
              <td>
                <code>{version}</code>{" "}
                {version === policy.version && (
                  <Tag tone="resolved" icon="check">
                    {t("policy.in_force")}
                  </Tag>
                )}
              </td>
              <td>
                <Time at={activated_at} />
              </td>
              <td>{by ?? t("policy.by_default")}</td>
              <td>
                <Button
                  aria-label={t("policy.show_name", { version })}
                  onClick={() => setShown(version)}
                >
                  {t("policy.show")}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown !== null && (
        <FormerVersion
          version={shown}
          policy={policy}
          onActivated={onActivated}
          onClose={() => setShown(null)}
        />
      )}
    </div>
  );
}

type FormerProps = EditorProps & { version: string; onClose: () => void };

/** A version's text, to be read and, where another one is in force, put in force again. */
function FormerVersion({ version, policy, onActivated, onClose }: FormerProps) {
  const { t } = useTranslation();
  const me = useMe();
  const toast = useToast();
  const { loaded, reload } = useLoad(() => api.policyVersion(version), [version]);
  const { isBusy, error, run } = useAction();
  const text = loaded.status === "ready" ? loaded.data.text : null;
  const mayRestore = version !== policy.version && me.allowed.edit_policy?.ok === true;
  const restore = () =>
    run(async () => {
      if (text === null) return;
      const next = await api.activatePolicy(text, policy.version);
      toast(t("policy.activated", { version: next.version }));
      onClose();
      onActivated(next);
    });
  return (
    <Dialog
      title={version}
      confirm={mayRestore ? t("policy.restore") : undefined}
      canConfirm={text !== null}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void restore()}
      onClose={onClose}
    >
      <Await loaded={loaded} reload={reload} rows={6}>
        {(former) => (
          <>
            {mayRestore && (
              <p className="quiet">
                {t("policy.restore_body")} {changed(policy.text, former.text, t)}
              </p>
            )}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text longer than its box is scrolled by keys */}
            <pre className="explain former" tabIndex={0}>
              {former.text}
            </pre>
          </>
        )}
      </Await>
    </Dialog>
  );
}
