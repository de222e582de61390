import type { ProposedArticle } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { go, paths } from "../../routes";
import { Choice } from "../../ui/field";
import { Await } from "../../ui/states";
import { useToast } from "../../ui/toast";
import { Back } from "./cluster";
import { type Draft, Editor } from "./editor";
import type { LearnRoute } from "./learn";

type Way = "edit" | "new";

/** A proposed article against a cluster: read, changed, tried, published. */
export function Propose({ route, cluster }: { route: LearnRoute; cluster: string }) {
  const { t } = useTranslation();
  // Undefined where nobody has chosen yet: the server proposes what fits.
  const [article, setArticle] = useState<string | undefined>(undefined);
  const { loaded, reload } = useLoad(
    () => api.proposeArticle(cluster, route.include_demo, article),
    [cluster, route.include_demo, article],
  );
  return (
    <>
      <Back href={paths.learn({ ...route, propose: false })} label={t("learn.to_cluster")} />
      <Await loaded={loaded} reload={reload} rows={8}>
        {(proposed) => (
          <Proposed
            key={`${proposed.slug}-${proposed.base}`}
            proposed={proposed}
            route={route}
            cluster={cluster}
            onWay={setArticle}
          />
        )}
      </Await>
    </>
  );
}

type ProposedProps = {
  proposed: ProposedArticle;
  route: LearnRoute;
  cluster: string;
  onWay: (article: string) => void;
};

function Proposed({ proposed, route, cluster, onWay }: ProposedProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const { nearest } = proposed;
  const way: Way = proposed.body_before === undefined ? "new" : "edit";
  const draft: Draft = {
    slug: proposed.slug,
    title: proposed.title,
    category: proposed.category,
    body: proposed.body,
    asked: proposed.asked,
  };
  return (
    <>
      <header className="learn-head">
        <div>
          <h2>{t(way === "edit" ? "learn.propose_edit" : "learn.propose_new")}</h2>
          <p className="quiet">
            {proposed.body === ""
              ? t("learn.proposal_empty", { count: proposed.resolutions })
              : t(proposed.model ? "learn.proposal_model" : "learn.proposal_from", {
                  count: proposed.resolutions,
                  model: proposed.model,
                })}
          </p>
        </div>
      </header>
      {nearest !== undefined && (
        <Choice<Way>
          legend={t("learn.way")}
          options={[
            { value: "new", label: t("learn.way_new") },
            { value: "edit", label: t("learn.way_edit", { title: nearest.title }) },
          ]}
          value={way}
          onChange={(next) => onWay(next === "edit" ? nearest.slug : "")}
        />
      )}
      <Editor
        draft={draft}
        base={proposed.base}
        before={proposed.body_before}
        isNew={way === "new"}
        sources={proposed.sources}
        cluster={{ id: cluster, include_demo: route.include_demo }}
        onPublished={(version) => {
          toast(t("learn.published_toast", { title: version.title }));
          go(paths.learn({ ...route, propose: false }));
        }}
      />
    </>
  );
}
