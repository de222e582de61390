import type { ImportAnswer } from "@segue/client";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction, useLoad } from "../../lib/hooks";
import { useMe } from "../../session";
import { PageFrame } from "../../shell/shell";
import { Permitted } from "../../ui/button";
import { Tag } from "../../ui/marks";
import { Await, Empty, Problem } from "../../ui/states";

export function Customers() {
  const { t } = useTranslation();
  const { loaded, reload } = useLoad(() => api.customers(), []);
  return (
    <PageFrame title={t("rail.customers")} lead={t("customers.lead")}>
      <ImportForm onDone={reload} />
      <Await loaded={loaded} reload={reload}>
        {(customers) =>
          customers.length === 0 ? (
            <Empty icon="customers" title={t("customers.empty")}>
              {t("customers.empty_body")}
            </Empty>
          ) : (
            <div className="card table-scroll">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t("team.name")}</th>
                    <th scope="col">{t("customers.tier")}</th>
                    <th scope="col">{t("customers.manager")}</th>
                  </tr>
                </thead>
                <tbody>
                  {customers.map((customer) => (
                    <tr key={customer.email}>
                      <td>
                        <strong>{customer.name}</strong>
                        <br />
                        <span className="quiet">{customer.email}</span>
                      </td>
                      <td>
                        <span className="row">
                          {customer.tier}
                          {customer.is_vip && (
                            <Tag tone="accent" icon="vip">
                              {t("row.vip")}
                            </Tag>
                          )}
                        </span>
                      </td>
                      <td>{customer.account_manager}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Await>
    </PageFrame>
  );
}

function ImportForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<ImportAnswer | null>(null);
  const { isBusy, error, run } = useAction();
  const send = () =>
    run(async () => {
      if (file === null) return;
      setAnswer(null);
      setAnswer(await api.importCustomers(await file.text()));
      setFile(null);
      if (input.current !== null) input.current.value = "";
      onDone();
    });
  return (
    <section className="card form" aria-labelledby="import-title">
      <h2 id="import-title">{t("customers.import")}</h2>
      <p className="quiet">
        {t("customers.import_hint")}{" "}
        <code>email,account_id,name,tier,vip,account_manager,deputy</code>
      </p>
      <div className="row">
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
          aria-label={t("customers.file")}
          onChange={(event) => setFile(event.target.files?.[0] ?? null)}
        />
        <Permitted
          allowed={me.allowed}
          action="manage_keys"
          tone="accent"
          disabled={file === null || isBusy}
          onClick={() => void send()}
        >
          {t("customers.import_submit")}
        </Permitted>
      </div>
      <Problem error={error} />
      <p role="status">{answer && t("customers.imported", answer)}</p>
    </section>
  );
}
