import { useTranslation } from "react-i18next";
import { Icon } from "../../../ui/icon";
import type { Checked } from "./check";
import type { Finding } from "./findings";

type Props = {
  checked: Checked;
  findings: readonly Finding[];
  onGo: (line: number, column: number) => void;
};

/** What the check found, each with its place and what to write instead. */
export function FindingList({ checked, findings, onGo }: Props) {
  const { t } = useTranslation();
  if (checked.status === "checking") {
    return (
      <p className="quiet" role="status">
        {t("policy.checking")}
      </p>
    );
  }
  return (
    <section aria-label={t("policy.findings")} role="status">
      {findings.length === 0 && (
        <p className="quiet row">
          <Icon name="check" /> {t("policy.clean")}
        </p>
      )}
      <ul className="plain lints">
        {findings.map(({ lint, isProblem }) => (
          <li
            key={`${lint.code}-${lint.line}-${lint.column}-${lint.message}`}
            className={isProblem ? "tone-breach" : "tone-waiting"}
          >
            <Icon name="warn" />
            <span>
              <span className="sr-only">{t(isProblem ? "policy.problem" : "policy.warning")} </span>
              {lint.line > 0 && (
                <button
                  type="button"
                  className="text-link"
                  onClick={() => onGo(lint.line, lint.column || 1)}
                >
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
