import type { ArticleSource, CheckAnswer, TaughtVersion } from "@segue/client";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { NARROW, useAction, useMedia } from "../../lib/hooks";
import { reasonText } from "../../lib/words";
import { paths } from "../../routes";
import { useMe } from "../../session";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { RichText } from "../../ui/rich-text";
import { Problem, Skeleton } from "../../ui/states";
import { TabPanels } from "../../ui/tab-panels";

// The comparison brings an editor with it, which is not needed for reading.
const Compare = lazy(() => import("../policy/editor/compare"));

export type Draft = {
  slug: string;
  title: string;
  category: string;
  body: string;
  asked: string[];
};

type Props = {
  draft: Draft;
  /** The version that it was made on. */
  base: number;
  /** The text that it changes. */
  before?: string;
  isNew: boolean;
  sources: ArticleSource[];
  cluster?: { id: string; include_demo: boolean };
  onPublished: (version: TaughtVersion) => void;
};

/** An article, edited, tried and published. */
export function Editor(props: Props) {
  const { t } = useTranslation();
  const { allowed } = useMe();
  const permit = allowed.edit_knowledge;
  const [draft, setDraft] = useState(props.draft);
  const [asked, setAsked] = useState(props.draft.asked.join("\n"));
  const [reason, setReason] = useState("");
  const [view, setView] = useState<"write" | "preview" | "compare">("write");
  const [checked, setChecked] = useState<{ of: string; answer: CheckAnswer } | null>(null);
  const checking = useAction();
  const publishing = useAction();
  const isNarrow = useMedia(NARROW);
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const whole: Draft = {
    ...draft,
    asked: asked
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  };
  const now = JSON.stringify(whole);
  const isCurrent = checked?.of === now;
  const check = () =>
    checking.run(async () => {
      const answer = await api.checkArticle({
        ...whole,
        cluster: props.cluster?.id,
        include_demo: props.cluster?.include_demo ?? false,
      });
      setChecked({ of: now, answer });
    });
  const publish = () =>
    publishing.run(async () => {
      const { slug, ...rest } = whole;
      const version = await api.publishArticle(slug, {
        ...rest,
        base: props.base,
        reason,
        sources: props.sources,
        cluster: props.cluster?.id,
        include_demo: props.cluster?.include_demo ?? false,
      });
      props.onPublished(version);
    });
  const lacks =
    permit?.ok !== true
      ? permit === undefined
        ? ""
        : reasonText(t, permit)
      : whole.body.trim() === "" || whole.title.trim() === ""
        ? t("learn.needs_text")
        : reason.trim() === ""
          ? t("learn.needs_reason")
          : null;
  return (
    <div className="learn-columns">
      <form className="card form" onSubmit={(event) => event.preventDefault()}>
        <Field label={t("learn.article_title")}>
          {(ids) => (
            <input
              {...ids}
              type="text"
              value={draft.title}
              maxLength={120}
              onChange={(event) => set({ title: event.target.value })}
            />
          )}
        </Field>
        <div className="form-columns">
          <Field label={t("learn.slug")} hint={t("learn.slug_hint")}>
            {(ids) => (
              <input
                {...ids}
                type="text"
                className="mono"
                value={draft.slug}
                readOnly={!props.isNew}
                onChange={(event) => set({ slug: event.target.value })}
              />
            )}
          </Field>
          <Field label={t("learn.category")}>
            {(ids) => (
              <input
                {...ids}
                type="text"
                value={draft.category}
                onChange={(event) => set({ category: event.target.value })}
              />
            )}
          </Field>
        </div>
        <TabPanels
          label={t("learn.text")}
          open={view}
          onOpen={setView}
          panels={[
            {
              key: "write",
              label: t("learn.write"),
              body: (
                <Field label={t("learn.text")} hint={t("learn.text_hint")}>
                  {(ids) => (
                    <textarea
                      {...ids}
                      rows={12}
                      value={draft.body}
                      onChange={(event) => set({ body: event.target.value })}
                    />
                  )}
                </Field>
              ),
            },
            {
              key: "preview",
              label: t("learn.preview"),
              body: (
                <article className="learn-preview">
                  <h3>{draft.title}</h3>
                  <RichText text={draft.body} />
                </article>
              ),
            },
            ...(props.before === undefined
              ? []
              : [
                  {
                    key: "compare" as const,
                    label: t("learn.compare"),
                    body: (
                      <Suspense fallback={<Skeleton />}>
                        <Compare
                          before={props.before}
                          after={draft.body}
                          beforeName={t("learn.before")}
                          afterName={t("learn.after")}
                          isNarrow={isNarrow}
                        />
                      </Suspense>
                    ),
                  },
                ]),
          ]}
        />
        <Field label={t("learn.asked")} hint={t("learn.asked_hint")}>
          {(ids) => (
            <textarea
              {...ids}
              rows={6}
              value={asked}
              onChange={(event) => setAsked(event.target.value)}
            />
          )}
        </Field>
        {props.sources.length > 0 && (
          <details>
            <summary>{t("learn.sources", { count: props.sources.length })}</summary>
            <ul className="plain">
              {props.sources.map((source) => (
                <li key={`${source.conversation}-${source.turn}`}>
                  <a
                    className="mono"
                    href={paths.conversation(source.conversation, { turn: source.turn })}
                    target="_blank"
                    rel="noreferrer"
                  >
                    {t("learn.source", { turn: source.turn, id: source.conversation.slice(-6) })}
                  </a>
                </li>
              ))}
            </ul>
          </details>
        )}
      </form>
      <aside className="stack learn-side">
        <section className="card stack" aria-labelledby="learn-check">
          <h3 id="learn-check">{t("learn.check")}</h3>
          <p className="small quiet">{t("learn.check_hint")}</p>
          <p>
            <Button
              disabled={checking.isBusy || whole.body.trim() === ""}
              onClick={() => void check()}
            >
              {t(checking.isBusy ? "learn.checking" : "learn.check_now")}
            </Button>
          </p>
          <Problem error={checking.error} />
          <div role="status">
            {checked !== null && (
              <Finding
                answer={checked.answer}
                isCurrent={isCurrent}
                hasCluster={Boolean(props.cluster)}
              />
            )}
          </div>
        </section>
        <section className="card stack" aria-labelledby="learn-publish">
          <h3 id="learn-publish">{t("learn.publish")}</h3>
          <Field label={t("learn.reason")}>
            {(ids) => (
              <input
                {...ids}
                type="text"
                value={reason}
                maxLength={500}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          <Problem error={publishing.error} />
          <p>
            <Button
              tone="accent"
              disabled={publishing.isBusy || lacks !== null}
              aria-describedby="learn-lacks"
              onClick={() => void publish()}
            >
              {t("learn.publish_now")}
            </Button>
          </p>
          <p id="learn-lacks" className="small quiet">
            {lacks ?? t("learn.publish_hint")}
          </p>
        </section>
      </aside>
    </div>
  );
}

type FindingProps = { answer: CheckAnswer; isCurrent: boolean; hasCluster: boolean };

function Finding({ answer, isCurrent, hasCluster }: FindingProps) {
  const { t } = useTranslation();
  return (
    <div className={isCurrent ? "stack" : "stack is-stale"}>
      {!isCurrent && <p className="small">{t("learn.check_stale")}</p>}
      {hasCluster && answer.n > 0 && (
        <p>
          <strong>
            {t("learn.answered", {
              before: answer.answered_before,
              after: answer.answered_after,
              count: answer.n,
            })}
          </strong>
        </p>
      )}
      <p className={answer.stolen.length > 0 ? "field-error" : "quiet"}>
        {answer.stolen.length === 0
          ? t("learn.stolen_none", { count: answer.others })
          : t("learn.stolen", { count: answer.stolen.length, all: answer.others })}
      </p>
      {answer.stolen.length > 0 && (
        <ul className="plain small">
          {answer.stolen.map((one) => (
            <li key={one.question}>
              <q dir="auto">{one.question}</q> → <span className="mono">{one.article}</span>
            </li>
          ))}
        </ul>
      )}
      {answer.tried.length > 0 && (
        <details>
          <summary>{t("learn.each")}</summary>
          <ul className="plain small learn-tried">
            {answer.tried.map((one) => (
              <li key={one.question}>
                <q dir="auto">{one.question}</q>{" "}
                <span className={one.is_answered ? "tone-resolved" : "quiet"}>
                  {one.confidence_before.toFixed(2)} → {one.confidence_after.toFixed(2)}{" "}
                  {t(one.is_answered ? "learn.is_answered" : "learn.is_not_answered")}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
