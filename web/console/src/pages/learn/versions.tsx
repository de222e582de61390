import type { TaughtVersion } from "@segue/client";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { NARROW, useAction, useMedia } from "../../lib/hooks";
import { paths } from "../../routes";
import { useMe } from "../../session";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Time } from "../../ui/marks";
import { RichText } from "../../ui/rich-text";
import { Skeleton } from "../../ui/states";

const Compare = lazy(() => import("../policy/editor/compare"));

type Props = {
  /** Newest first. */
  versions: TaughtVersion[];
  onRollBack: (version: number, reason: string) => Promise<void>;
  onWithdraw: (reason: string) => Promise<void>;
};

type Asked = { kind: "back"; version: number } | { kind: "withdraw" };

/** Every version of a piece: what it says, what it changed, and the way back to it. */
export function Versions({ versions, onRollBack, onWithdraw }: Props) {
  const { t } = useTranslation();
  const { allowed } = useMe();
  const isNarrow = useMedia(NARROW);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [reason, setReason] = useState("");
  const { isBusy, error, run, clear } = useAction();
  const may = allowed.edit_knowledge?.ok === true;
  const close = () => {
    setAsked(null);
    setReason("");
    clear();
  };
  const confirm = () => {
    if (asked === null) return;
    void run(() =>
      asked.kind === "back" ? onRollBack(asked.version, reason) : onWithdraw(reason),
    );
  };
  return (
    <section className="stack" aria-labelledby="learn-versions">
      <h3 id="learn-versions">{t("learn.versions")}</h3>
      <ol className="plain learn-list">
        {versions.map((row, at) => {
          const former = versions[at + 1];
          return (
            <li key={row.version} className="card stack">
              <header className="row spread">
                <p>
                  <strong>
                    {row.version === 0
                      ? t("learn.built_in")
                      : t("learn.version", { version: row.version })}
                  </strong>{" "}
                  <span className="small quiet">
                    {row.version > 0 && `${t(`learn.kind.${row.kind}`)}, ${row.author}, `}
                    <Time at={row.at} />
                  </span>
                </p>
                {may && at > 0 && row.kind !== "withdrawn" && (
                  <Button
                    tone="quiet"
                    icon="undo"
                    onClick={() => setAsked({ kind: "back", version: row.version })}
                  >
                    {t("learn.roll_back")}
                  </Button>
                )}
                {may && at === 0 && row.version > 0 && row.kind !== "withdrawn" && (
                  <Button tone="quiet" onClick={() => setAsked({ kind: "withdraw" })}>
                    {t("learn.withdraw")}
                  </Button>
                )}
              </header>
              {row.reason !== "" && <p dir="auto">{row.reason}</p>}
              {row.fixes && (
                <p className="small">
                  {t("learn.against")}{" "}
                  <a href={paths.learn({ cluster: row.fixes.id })} dir="auto">
                    {row.fixes.name}
                  </a>
                </p>
              )}
              <details open={at === 0}>
                <summary>{t("learn.text")}</summary>
                <div className="learn-preview">
                  <RichText text={row.body} />
                </div>
                {row.asked.length > 0 && (
                  <>
                    <h4 className="small quiet">{t("learn.asked")}</h4>
                    <ul className="small">
                      {row.asked.map((question) => (
                        <li key={question} dir="auto">
                          {question}
                        </li>
                      ))}
                    </ul>
                  </>
                )}
              </details>
              {former !== undefined && former.body !== row.body && (
                <Changes before={former} after={row} isNarrow={isNarrow} />
              )}
            </li>
          );
        })}
      </ol>
      {asked !== null && (
        <Dialog
          title={t(asked.kind === "back" ? "learn.roll_back_title" : "learn.withdraw_title")}
          confirm={t(asked.kind === "back" ? "learn.roll_back" : "learn.withdraw")}
          confirmTone={asked.kind === "back" ? "accent" : "danger"}
          canConfirm={reason.trim() !== ""}
          isBusy={isBusy}
          error={error}
          onConfirm={confirm}
          onClose={close}
        >
          <p>{t(asked.kind === "back" ? "learn.roll_back_body" : "learn.withdraw_body")}</p>
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
        </Dialog>
      )}
    </section>
  );
}

type ChangesProps = { before: TaughtVersion; after: TaughtVersion; isNarrow: boolean };

function Changes({ before, after, isNarrow }: ChangesProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("learn.compare")}</summary>
      {isOpen && (
        <Suspense fallback={<Skeleton />}>
          <Compare
            before={before.body}
            after={after.body}
            beforeName={t("learn.version", { version: before.version })}
            afterName={t("learn.version", { version: after.version })}
            isNarrow={isNarrow}
          />
        </Suspense>
      )}
    </details>
  );
}
