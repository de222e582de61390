import type { Wording } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { LOCALES } from "../../i18n";
import { useAction, useLoad } from "../../lib/hooks";
import { useMe } from "../../session";
import { PageFrame } from "../../shell/shell";
import { Permitted } from "../../ui/button";
import { Field } from "../../ui/field";
import { Await, Problem } from "../../ui/states";
import { useToast } from "../../ui/toast";

/** What customers read when the system speaks, per language. */
export function WordingPage() {
  const { t } = useTranslation();
  const [locale, setLocale] = useState<string>("en");
  const { loaded, reload } = useLoad(() => api.wording(locale), [locale]);
  return (
    <PageFrame
      title={t("rail.wording")}
      lead={t("wording.lead")}
      actions={
        <label className="filter-queue">
          <span className="quiet">{t("wording.language")}</span>
          <select value={locale} onChange={(event) => setLocale(event.target.value)}>
            {LOCALES.map((one) => (
              <option key={one} value={one}>
                {new Intl.DisplayNames([one], { type: "language" }).of(one)}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <p className="quiet">{t("wording.placeholders")}</p>
      <Await loaded={loaded} reload={reload} rows={8}>
        {(texts) => (
          <ul className="plain stack">
            {texts.map((wording) => (
              <li key={`${locale}-${wording.notice}`}>
                <WordingForm wording={{ ...wording, locale }} />
              </li>
            ))}
          </ul>
        )}
      </Await>
    </PageFrame>
  );
}

function WordingForm({ wording }: { wording: Wording }) {
  const { t } = useTranslation();
  const me = useMe();
  const toast = useToast();
  const [saved, setSaved] = useState(wording.text);
  const [text, setText] = useState(wording.text);
  const { isBusy, error, run } = useAction();
  const save = () =>
    run(async () => {
      await api.changeWording(wording.locale, wording.notice, text);
      setSaved(text);
      toast(t("wording.saved"));
    });
  return (
    <div className="card form">
      <Field label={t(`notice.${wording.notice}`)} hint={t(`notice_when.${wording.notice}`)}>
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Problem error={error} />
      {text !== saved && (
        <div className="row">
          <Permitted
            allowed={me.allowed}
            action="edit_policy"
            tone="accent"
            disabled={isBusy || text.trim() === ""}
            onClick={() => void save()}
          >
            {t("common.save")}
          </Permitted>
        </div>
      )}
    </div>
  );
}
