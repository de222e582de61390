/** Answers of the assistant, one at a time, judged by a person: the labels that tuning rests on. */
import "./review.css";
import { GRADES, type Grade, type ReviewItem, type ReviewList } from "@segue/client";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction, useKeys, useLoad } from "../../lib/hooks";
import { reasonText } from "../../lib/words";
import { paths } from "../../routes";
import { useMe } from "../../session";
import { PageFrame } from "../../shell/shell";
import { Button } from "../../ui/button";
import type { IconName } from "../../ui/icon";
import { Tag, Time } from "../../ui/marks";
import { RichText } from "../../ui/rich-text";
import { Await, Empty, Problem } from "../../ui/states";
import { ArticleLink } from "../conversation/turn";

/** As many at once; more are fetched when these are through. */
const LIMIT = 20;

export default function Review() {
  const { t } = useTranslation();
  const { allowed } = useMe();
  const permit = allowed.grade_answers;
  return (
    <PageFrame
      title={t("review.title")}
      lead={t("review.lead")}
      actions={
        <a className="button" href={paths.tuning()}>
          {t("review.to_tuning")}
        </a>
      }
    >
      {permit?.ok === true ? (
        <Batches />
      ) : (
        <Empty icon="lock" title={t("review.refused")}>
          {permit === undefined ? null : reasonText(t, permit)}
        </Empty>
      )}
    </PageFrame>
  );
}

function Batches() {
  const [round, setRound] = useState(0);
  const { loaded, reload } = useLoad(() => api.review(LIMIT), [round]);
  return (
    <Await loaded={loaded} reload={reload} rows={6}>
      {(list) => <Batch key={round} list={list} onThrough={() => setRound(round + 1)} />}
    </Await>
  );
}

const LOOKS: Record<Grade, { icon: IconName; shortcut: string }> = {
  right: { icon: "check", shortcut: "1" },
  wrong: { icon: "close", shortcut: "2" },
  unsure: { icon: "help", shortcut: "3" },
};

type BatchProps = { list: ReviewList; onThrough: () => void };

function Batch({ list, onThrough }: BatchProps) {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const [given, setGiven] = useState<Grade[]>([]);
  const { isBusy, error, run } = useAction();
  const item = list.items[at];
  const grade = (one: Grade) => {
    if (item === undefined || isBusy) return;
    void run(async () => {
      await api.grade(item, one);
      setGiven((before) => [...before.slice(0, at), one]);
      setAt(at + 1);
    });
  };
  const undo = () => {
    if (at > 0) setAt(at - 1);
  };
  useKeys({
    "1": () => grade("right"),
    "2": () => grade("wrong"),
    "3": () => grade("unsure"),
    u: undo,
    backspace: undo,
  });
  const done = list.graded_today + at;
  const waiting = Math.max(0, list.waiting - at);
  return (
    <div className="review">
      <p className="review-progress" role="status">
        {t("review.progress", { done, waiting })}
      </p>
      {item === undefined ? (
        <Through hasGraded={at > 0} waiting={waiting} onThrough={onThrough} />
      ) : (
        <Answer
          key={`${item.conversation}-${item.turn}-${at}`}
          item={item}
          former={given[at]}
          isBusy={isBusy}
          onGrade={grade}
        />
      )}
      <Problem error={error} />
      {at > 0 && (
        <p>
          <Button tone="quiet" icon="undo" shortcut="U" onClick={undo}>
            {t("review.undo")}
          </Button>
        </p>
      )}
    </div>
  );
}

type ThroughProps = { hasGraded: boolean; waiting: number; onThrough: () => void };

function Through({ hasGraded, waiting, onThrough }: ThroughProps) {
  const { t } = useTranslation();
  if (waiting > 0 && hasGraded) {
    return (
      <div className="card review-through">
        <p>{t("review.batch_done", { count: waiting })}</p>
        <Button tone="accent" onClick={onThrough}>
          {t("review.next_batch")}
        </Button>
      </div>
    );
  }
  return (
    <Empty icon="check" title={t(hasGraded ? "review.through" : "review.empty")}>
      {t(hasGraded ? "review.through_body" : "review.empty_body")}
    </Empty>
  );
}

type AnswerProps = {
  item: ReviewItem;
  /** What was said of it before one came back. */
  former: Grade | undefined;
  isBusy: boolean;
  onGrade: (grade: Grade) => void;
};

function Answer({ item, former, isBusy, onGrade }: AnswerProps) {
  const { t } = useTranslation();
  const card = useRef<HTMLElement>(null);
  // The next answer is read aloud and scrolled to its top.
  const focus = useCallback((element: HTMLElement | null) => {
    card.current = element;
    element?.focus({ preventScroll: true });
    element?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <article className="card review-card" ref={focus} tabIndex={-1} aria-label={t("review.one")}>
      <header className="row spread">
        <p className="row">
          <Tag
            tone={item.was_shown ? "neutral" : "waiting"}
            icon={item.was_shown ? "check" : "lock"}
          >
            {t(item.was_shown ? "review.was_shown" : "review.was_withheld")}
          </Tag>
          <span className="small quiet">
            <Time at={item.at} />
          </span>
        </p>
        <a
          className="small"
          href={paths.conversation(item.conversation, { turn: item.turn })}
          target="_blank"
          rel="noreferrer"
        >
          {t("review.whole")}
        </a>
      </header>
      <section aria-label={t("review.asked")}>
        <h2>{t("review.asked")}</h2>
        <blockquote dir="auto">{item.asked}</blockquote>
      </section>
      <section aria-label={t("review.answered")}>
        <h2>{t("review.answered")}</h2>
        <div className="review-answer" dir="auto">
          <RichText text={item.answer} />
        </div>
        {item.article && (
          <p className="small">
            {t("turn.article")}{" "}
            {item.article.url ? (
              <ArticleLink title={item.article.title} url={item.article.url} />
            ) : (
              <strong>{item.article.title}</strong>
            )}
          </p>
        )}
      </section>
      <fieldset className="review-grades">
        <legend>{t("review.question")}</legend>
        {GRADES.map((one) => (
          <Button
            key={one}
            icon={LOOKS[one].icon}
            shortcut={LOOKS[one].shortcut}
            aria-pressed={former === undefined ? undefined : former === one}
            disabled={isBusy}
            onClick={() => onGrade(one)}
          >
            {t(`grade.${one}`)}
          </Button>
        ))}
      </fieldset>
      <details className="small quiet">
        <summary>{t("review.more")}</summary>
        <p>
          {t("review.score", { score: item.score.toFixed(2) })}{" "}
          {t("review.by_chance", { share: `${(item.by_chance * 100).toFixed(0)}\u00a0%` })}
        </p>
      </details>
    </article>
  );
}
