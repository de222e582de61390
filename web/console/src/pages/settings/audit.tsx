import type { Allowed, AuditRow } from "@segue/client";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { useMe } from "../../session";
import { PageFrame } from "../../shell/shell";
import { Time } from "../../ui/marks";
import { Await, Empty } from "../../ui/states";

/** Who changed what: the newest acts first, as the server recorded them. */
export function Audit() {
  const { t } = useTranslation();
  const me = useMe();
  const refusal = refusalOf(me.allowed);
  return (
    <PageFrame title={t("rail.audit")} lead={t("audit.lead")}>
      {refusal === null ? (
        <Trail />
      ) : (
        <Empty icon="lock" title={t("audit.refused")}>
          {refusal}
        </Empty>
      )}
    </PageFrame>
  );
}

/** Why the trail may not be read; null where it may. */
function refusalOf(allowed: Allowed): string | null {
  const permit = allowed.read_audit;
  return permit?.ok === false ? permit.reason : null;
}

function Trail() {
  const { t } = useTranslation();
  const { loaded, reload } = useLoad(() => api.audit(), []);
  return (
    <Await loaded={loaded} reload={reload} rows={8}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty icon="table" title={t("audit.empty")} />
        ) : (
          <div className="card table-scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">{t("audit.at")}</th>
                  <th scope="col">{t("audit.actor")}</th>
                  <th scope="col">{t("audit.action")}</th>
                  <th scope="col">{t("audit.subject")}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows have no id and never move
                  <Act key={at} row={row} />
                ))}
              </tbody>
            </table>
          </div>
        )
      }
    </Await>
  );
}

function Act({ row }: { row: AuditRow }) {
  const { t, i18n } = useTranslation();
  // The words of actions grow with the server; a new one is shown as it is.
  const key = `audit_action.${row.action.replace(".", "_")}`;
  return (
    <tr>
      <td>
        <Time at={row.at} />
      </td>
      <td>{row.actor ?? <span className="quiet">{t("audit.operator")}</span>}</td>
      <td>{i18n.exists(key) ? t(key as "audit_action.agent_invited") : row.action}</td>
      <td>
        <code>{row.subject}</code>
      </td>
    </tr>
  );
}
