import type { TaughtVersion } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { paths } from "../../routes";
import { useMe } from "../../session";
import { Button } from "../../ui/button";
import { Tag, Time } from "../../ui/marks";
import { Await, Empty } from "../../ui/states";
import { useToast } from "../../ui/toast";
import { Back } from "./cluster";
import { Editor } from "./editor";
import { Versions } from "./versions";

/** All articles that the assistant answers from. */
export function Articles() {
  const { t } = useTranslation();
  const { loaded, reload } = useLoad(() => api.knowledge(), []);
  const [wanted, setWanted] = useState("");
  return (
    <Await loaded={loaded} reload={reload} rows={8}>
      {(rows) => {
        const articles = rows.filter((row) => row.slug !== undefined);
        const low = wanted.trim().toLowerCase();
        const shown = articles
          .filter((row) => `${row.title} ${row.slug} ${row.category}`.toLowerCase().includes(low))
          .sort((a, b) => (a.at < b.at ? 1 : -1));
        if (articles.length === 0) {
          return (
            <Empty icon="list" title={t("learn.articles_empty")}>
              {t("learn.articles_empty_body")}
            </Empty>
          );
        }
        return (
          <>
            <p>
              <input
                type="search"
                value={wanted}
                aria-label={t("learn.find")}
                placeholder={t("learn.find")}
                onChange={(event) => setWanted(event.target.value)}
              />
            </p>
            <ul className="plain learn-list">
              {shown.map((row) => (
                <li key={row.slug} className="card learn-row">
                  <p className="learn-name">
                    <a href={paths.learn({ view: "articles", article: row.slug })}>{row.title}</a>
                  </p>
                  <p className="row small quiet">
                    <span>{row.category}</span>
                    {row.kind === "withdrawn" && (
                      <Tag tone="breach">{t("learn.kind.withdrawn")}</Tag>
                    )}
                    {row.version > 0 ? (
                      <span>
                        {t("learn.version", { version: row.version })}, {row.author},{" "}
                        <Time at={row.at} />
                      </span>
                    ) : (
                      <span>{t("learn.built_in")}</span>
                    )}
                  </p>
                </li>
              ))}
            </ul>
          </>
        );
      }}
    </Await>
  );
}

/** One article: its text, its versions, and the way to another one. */
export function Article({ slug }: { slug: string }) {
  const { t } = useTranslation();
  const { loaded, reload } = useLoad(() => api.article(slug), [slug]);
  return (
    <>
      <Back href={paths.learn({ view: "articles" })} label={t("learn.all_articles")} />
      <Await loaded={loaded} reload={reload} rows={8}>
        {({ versions }) => {
          const [latest] = versions;
          return latest === undefined ? null : (
            <History
              key={latest.version}
              slug={slug}
              latest={latest}
              versions={versions}
              reload={reload}
            />
          );
        }}
      </Await>
    </>
  );
}

type HistoryProps = {
  slug: string;
  latest: TaughtVersion;
  versions: TaughtVersion[];
  reload: () => void;
};

function History({ slug, latest, versions, reload }: HistoryProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const { allowed } = useMe();
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      <header className="learn-head">
        <div>
          <h2>{latest.title}</h2>
          <p className="row quiet">
            <span className="mono">{slug}</span>
            {latest.kind === "withdrawn" && <Tag tone="breach">{t("learn.kind.withdrawn")}</Tag>}
          </p>
        </div>
        {allowed.edit_knowledge?.ok === true && !isEditing && (
          <Button onClick={() => setEditing(true)}>{t("learn.edit")}</Button>
        )}
      </header>
      {isEditing && (
        <Editor
          draft={{
            slug,
            title: latest.title,
            category: latest.category,
            body: latest.body,
            asked: latest.asked,
          }}
          base={latest.version}
          before={latest.body}
          isNew={false}
          sources={[]}
          onPublished={(version) => {
            toast(t("learn.published_toast", { title: version.title }));
            reload();
          }}
        />
      )}
      <Versions
        versions={versions}
        onRollBack={async (version, reason) => {
          await api.rollBackArticle(slug, latest.version, version, reason);
          reload();
        }}
        onWithdraw={async (reason) => {
          await api.withdrawArticle(slug, latest.version, reason);
          reload();
        }}
      />
    </>
  );
}
