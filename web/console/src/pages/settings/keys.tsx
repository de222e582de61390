import { type ApiKey, KEY_SCOPES, type KeyScope } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction, useLoad } from "../../lib/hooks";
import { useMe } from "../../session";
import { PageFrame } from "../../shell/shell";
import { Permitted } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Time } from "../../ui/marks";
import { Await, Empty } from "../../ui/states";
import { Secret } from "./secret";

export function Keys() {
  const { t } = useTranslation();
  const me = useMe();
  const { loaded, reload } = useLoad(() => api.keys(), []);
  const [isCreating, setCreating] = useState(false);
  const [removing, setRemoving] = useState<ApiKey | null>(null);
  const [secret, setSecret] = useState<{ name: string; value: string } | null>(null);
  return (
    <PageFrame
      title={t("rail.keys")}
      lead={t("keys.lead")}
      actions={
        <Permitted
          allowed={me.allowed}
          action="manage_keys"
          tone="accent"
          icon="plus"
          onClick={() => setCreating(true)}
        >
          {t("keys.new")}
        </Permitted>
      }
    >
      <p>
        <a href="/docs">{t("keys.reference")}</a>
      </p>
      {secret && (
        <Secret
          title={t("keys.secret_title", { name: secret.name })}
          body={t("keys.secret_body")}
          value={secret.value}
          onDone={() => setSecret(null)}
        />
      )}
      <Await loaded={loaded} reload={reload}>
        {(keys) =>
          keys.length === 0 ? (
            <Empty icon="key" title={t("keys.empty")}>
              {t("keys.empty_body")}
            </Empty>
          ) : (
            <KeyTable keys={keys} onRemove={setRemoving} />
          )
        }
      </Await>
      {isCreating && (
        <KeyDialog
          onClose={() => setCreating(false)}
          onCreated={(name, value) => {
            setCreating(false);
            // A request that was made before is answered without its secret.
            if (value !== undefined) setSecret({ name, value });
            reload();
          }}
        />
      )}
      {removing && (
        <RemoveDialog
          apiKey={removing}
          onClose={() => setRemoving(null)}
          onDone={() => {
            setRemoving(null);
            reload();
          }}
        />
      )}
    </PageFrame>
  );
}

function KeyTable({ keys, onRemove }: { keys: ApiKey[]; onRemove: (key: ApiKey) => void }) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <div className="card table-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("keys.name")}</th>
            <th scope="col">{t("keys.scopes")}</th>
            <th scope="col">{t("keys.expires")}</th>
            <th scope="col">{t("keys.last_used")}</th>
            <th scope="col">
              <span className="sr-only">{t("keys.remove")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <td>
                <strong>{key.name}</strong>
              </td>
              <td>
                <code>{key.scopes.join(" ")}</code>
              </td>
              <td>{key.expires_at ? <Time at={key.expires_at} /> : t("keys.never")}</td>
              <td>{key.last_used_at ? <Time at={key.last_used_at} /> : t("keys.not_yet")}</td>
              <td>
                <Permitted
                  allowed={me.allowed}
                  action="manage_keys"
                  tone="danger"
                  aria-label={t("keys.remove_name", { name: key.name })}
                  onClick={() => onRemove(key)}
                >
                  {t("keys.remove")}
                </Permitted>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function KeyDialog({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (name: string, secret?: string) => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<KeyScope[]>(["turn:write", "conv:read"]);
  const [days, setDays] = useState("90");
  const { isBusy, error, run } = useAction();
  const create = () =>
    run(async () => {
      const expires_days = days === "" ? undefined : Number.parseInt(days, 10);
      const created = await api.createKey({ name, scopes, expires_days });
      onCreated(name, created.secret);
    });
  return (
    <Dialog
      title={t("keys.new")}
      confirm={t("keys.create")}
      canConfirm={name.trim() !== "" && scopes.length > 0}
      isBusy={isBusy}
      error={error}
      onConfirm={() => void create()}
      onClose={onClose}
    >
      <Field label={t("keys.name")} hint={t("keys.name_hint")}>
        {(ids) => (
          <input {...ids} required value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <fieldset className="choice">
        <legend>{t("keys.scopes")}</legend>
        <div className="choice-options">
          {KEY_SCOPES.map((scope) => (
            <label key={scope} className="check">
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                onChange={() =>
                  setScopes((all) =>
                    all.includes(scope) ? all.filter((one) => one !== scope) : [...all, scope],
                  )
                }
              />
              <span>
                <code>{scope}</code>
                <small>{t(`scope.${scope.replace(":", "_")}` as "scope.escalate")}</small>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <Field label={t("keys.expires_days")} hint={t("keys.expires_hint")}>
        {(ids) => (
          <input
            {...ids}
            type="number"
            min="1"
            max="365"
            value={days}
            onChange={(event) => setDays(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}

function RemoveDialog({
  apiKey,
  onClose,
  onDone,
}: {
  apiKey: ApiKey;
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { isBusy, error, run } = useAction();
  const remove = async () => {
    if (await run(() => api.deleteKey(apiKey.id))) onDone();
  };
  return (
    <Dialog
      title={t("keys.remove_name", { name: apiKey.name })}
      confirm={t("keys.remove")}
      confirmTone="danger"
      isBusy={isBusy}
      error={error}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <p>{t("keys.remove_body")}</p>
    </Dialog>
  );
}
