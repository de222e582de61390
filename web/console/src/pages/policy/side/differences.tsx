import type { PolicyChange } from "@segue/client";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api";
import { type Loaded, NARROW, useMedia } from "../../../lib/hooks";
import { Icon, type IconName } from "../../../ui/icon";
import { Empty, Failed, Skeleton } from "../../../ui/states";

const Compare = lazy(() => import("../editor/compare"));

const AFTER_MS = 500;

/** What a text changes against a version, in the order of the file. */
export function useDifferences(
  text: string,
  against: string,
  isWanted: boolean,
): Loaded<PolicyChange[]> {
  const [loaded, setLoaded] = useState<Loaded<PolicyChange[]>>({ status: "loading" });
  useEffect(() => {
    if (!isWanted) {
      setLoaded({ status: "loading" });
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      api.diffPolicy(text, against, stop.signal).then(
        (data) => setLoaded({ status: "ready", data }),
        (error: unknown) => {
          if (!stop.signal.aborted) setLoaded({ status: "failed", error });
        },
      );
    }, AFTER_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, against, isWanted]);
  return loaded;
}

type Props = {
  differences: Loaded<PolicyChange[]>;
  before: string;
  after: string;
  beforeName: string;
  isChanged: boolean;
};

export function Differences({ differences, before, after, beforeName, isChanged }: Props) {
  const { t } = useTranslation();
  if (!isChanged) {
    return (
      <Empty icon="policy" title={t("changes.none")}>
        {t("changes.none_body")}
      </Empty>
    );
  }
  return (
    <div className="stack">
      {differences.status === "loading" && <Skeleton rows={2} />}
      {differences.status === "failed" && <Failed error={differences.error} />}
      {differences.status === "ready" && <Sentences changes={differences.data} />}
      <SideBySide before={before} after={after} beforeName={beforeName} />
    </div>
  );
}

const MARKS: Record<PolicyChange["what"], { icon: IconName; tone: string }> = {
  added: { icon: "plus", tone: "tone-resolved" },
  removed: { icon: "close", tone: "tone-breach" },
  changed: { icon: "drafts", tone: "tone-waiting" },
  moved: { icon: "queue", tone: "tone-neutral" },
};

/** Each change as a sentence. */
export function Sentences({ changes }: { changes: readonly PolicyChange[] }) {
  const { t } = useTranslation();
  if (changes.length === 0) return <p className="quiet">{t("changes.words_only")}</p>;
  return (
    <ul className="plain changes">
      {changes.map((change) => (
        <li key={`${change.path}-${change.what}`} className={MARKS[change.what].tone}>
          <Icon name={MARKS[change.what].icon} size={14} />
          <span>
            <span className="sr-only">{t(`changes.${change.what}`)}: </span>
            <span lang="en">{change.sentence}</span> <code className="faint">{change.path}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}

type SideBySideProps = { before: string; after: string; beforeName: string; afterName?: string };

export function SideBySide({ before, after, beforeName, afterName }: SideBySideProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const isNarrow = useMedia(NARROW);
  return (
    <details className="side-by-side" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("changes.texts")}</summary>
      {isOpen && (
        <Suspense fallback={<Skeleton rows={4} />}>
          <Compare
            before={before}
            after={after}
            beforeName={beforeName}
            afterName={afterName ?? t("changes.yours")}
            isNarrow={isNarrow}
          />
        </Suspense>
      )}
    </details>
  );
}
