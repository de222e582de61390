/** Loading, empty and failed: what every page shows when it has nothing else to show. */
import { ApiError } from "@segue/client";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Loaded } from "../lib/hooks";
import { Button } from "./button";
import { Icon, type IconName } from "./icon";

export function Skeleton({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className="skeleton" role="status">
      <span className="sr-only">{t("common.loading")}</span>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike
        <div key={row} className="skeleton-row" aria-hidden="true">
          <i />
          <i />
        </div>
      ))}
    </div>
  );
}

/** What will appear here and why it is empty now. */
export function Empty({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className="empty">
      <Icon name={icon} size={24} />
      <p className="empty-title">{title}</p>
      {children && <p>{children}</p>}
    </div>
  );
}

/** What happened and what to do, from the error's stable code. */
export function errorText(error: unknown, t: TFunction): string {
  if (!(error instanceof ApiError)) return t("errors.unexpected");
  const known: Record<string, string> = t("errors.by_code", { returnObjects: true });
  return known[error.code] ?? t("errors.with_message", { message: error.message });
}

export function Problem({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (error === null || error === undefined) return null;
  const reference = error instanceof ApiError ? error.request_id : undefined;
  return (
    <div className="problem" role="alert">
      <Icon name="warn" />
      <p>
        {errorText(error, t)}
        {reference && <small> {t("errors.reference", { reference })}</small>}
      </p>
    </div>
  );
}

export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="failed">
      <Problem error={error} />
      {onRetry && <Button onClick={onRetry}>{t("common.retry")}</Button>}
    </div>
  );
}

/** The three ways a load can stand. */
export function Await<T>({
  loaded,
  reload,
  rows,
  children,
}: {
  loaded: Loaded<T>;
  reload: () => void;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  switch (loaded.status) {
    case "loading":
      return <Skeleton rows={rows} />;
    case "failed":
      return <Failed error={loaded.error} onRetry={reload} />;
    case "ready":
      return children(loaded.data);
  }
}
