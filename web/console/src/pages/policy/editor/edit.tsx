import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { useLoad } from "../../../lib/hooks";
import { paths, replaceRoute } from "../../../routes";
import { Button } from "../../../ui/button";
import { Quoted, Tag, Time } from "../../../ui/marks";
import { Skeleton } from "../../../ui/states";
import { keepDraft, readDraft } from "../draft";
import { GoLive } from "../live/go-live";
import type { ViewProps } from "../policy";
import { SidePanel } from "../side/panel";
import { applyEdits, editBands } from "../text/bands";
import { useCheck } from "./check";
import type { CodeHandle } from "./code";
import { FindingList } from "./finding-list";
import { Sliders } from "./sliders";

const Code = lazy(() => import("./code"));

type EditProps = ViewProps & {
  /** An accept threshold to try, e.g. one that the tuning page recommends. */
  accept?: number;
};

/** The text of the rules, and beside it what it would do. */
export function Edit({ policy, accept, onChanged, reload }: EditProps) {
  const { t, i18n } = useTranslation();
  const [draft, setDraft] = useState(
    () => readDraft() ?? { base: policy.version, text: policy.text },
  );
  const { checked, findings, isClean } = useCheck(policy, draft.text);
  const { loaded: schema } = useLoad(() => api.policySchema(), []);
  const code = useRef<CodeHandle>(null);
  const isChanged = draft.text !== policy.text;
  const write = (text: string) => setDraft((before) => ({ ...before, text }));
  const startAgain = () => setDraft({ base: policy.version, text: policy.text });
  useEffect(() => keepDraft(isChanged ? draft : null), [draft, isChanged]);
  useEffect(() => {
    if (accept === undefined) return;
    setDraft(({ base, text }) => ({
      base,
      text: applyEdits(text, editBands(text, null, { accept })),
    }));
    // It is set once; from here on the text says what is wanted.
    replaceRoute(paths.policy());
  }, [accept]);
  return (
    <div className="policy-edit">
      <InForce policy={policy} isChanged={isChanged} />
      {isChanged && draft.base !== policy.version && (
        <div className="note-line tone-waiting">
          <p>{t("policy.base_moved", { base: draft.base, version: policy.version })}</p>
          <Button onClick={() => setDraft({ ...draft, base: policy.version })}>
            {t("policy.base_keep")}
          </Button>
        </div>
      )}
      <div className="policy-desk">
        <div className="policy-left">
          <Sliders text={draft.text} inForce={policy.text} onChange={write} />
          <div className="code-area">
            <Suspense fallback={<Skeleton rows={8} />}>
              <Code
                key={i18n.language}
                ref={code}
                label={t("policy.text")}
                value={draft.text}
                onChange={write}
                findings={findings}
                schema={schema.status === "ready" ? schema.data : null}
              />
            </Suspense>
          </div>
          <FindingList
            checked={checked}
            findings={findings}
            onGo={(line, column) => code.current?.goTo(line, column)}
          />
        </div>
        <SidePanel policy={policy} text={draft.text} isClean={isClean} isChanged={isChanged} />
      </div>
      <GoLive
        policy={policy}
        draft={draft}
        isReady={isChanged && isClean}
        isChanged={isChanged}
        onDiscard={startAgain}
        onDone={(next) => {
          keepDraft(null);
          if (next === null) reload();
          else onChanged(next);
        }}
      />
    </div>
  );
}

function InForce({ policy, isChanged }: { policy: ViewProps["policy"]; isChanged: boolean }) {
  const { t } = useTranslation();
  const { trial } = policy;
  return (
    <div className="in-force">
      <p className="row">
        <Tag tone="resolved" icon="check">
          {t("policy.active", { version: policy.version })}
        </Tag>
        <span className="quiet">
          {t("policy.since")} <Time at={policy.activated_at} />
          {policy.by && ` · ${policy.by}`}
          <Quoted text={policy.reason} />
        </span>
        {isChanged && <Tag tone="waiting">{t("policy.changed")}</Tag>}
      </p>
      {trial?.state === "running" && (
        <p className="row">
          <Tag tone="waiting" icon="clock">
            {t(`trial.${trial.mode}`)}
          </Tag>
          <a href={paths.policy("trial", { id: trial.id })}>
            {t("trial.runs", { version: trial.version })}
          </a>
        </p>
      )}
    </div>
  );
}
