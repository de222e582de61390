import type { AuditRow } from "@segue/client";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { reasonText } from "../../lib/words";
import { useMe } from "../../session";
import { PageFrame } from "../../shell/shell";
import { Time } from "../../ui/marks";
import { Await, Empty } from "../../ui/states";

/** Who changed what: the newest acts first, as the server recorded them. */
export function Audit() {
  const { t } = useTranslation();
  const me = useMe();
  const permit = me.allowed.read_audit;
  return (
    <PageFrame title={t("rail.audit")} lead={t("audit.lead")}>
      {permit?.ok === false ? (
        <Empty icon="lock" title={t("audit.refused")}>
          {reasonText(t, permit)}
        </Empty>
      ) : (
        <Trail />
      )}
    </PageFrame>
  );
}

function Trail() {
  const { t } = useTranslation();
  const { loaded, reload } = useLoad(() => api.audit(), []);
  return (
    <Await loaded={loaded} reload={reload} rows={8}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty icon="table" title={t("audit.empty")}>
            {t("audit.empty_body")}
          </Empty>
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
