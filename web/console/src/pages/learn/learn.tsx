/** What the assistant fails at, what it is taught against that, and what that has changed. */
import "./learn.css";
import { useTranslation } from "react-i18next";
import { paths, type Route } from "../../routes";
import { PageFrame } from "../../shell/shell";
import { Article, Articles } from "./articles";
import { Cluster } from "./cluster";
import { Failures } from "./failures";
import { Instructions } from "./instructions";
import { Propose } from "./propose";

export type LearnRoute = Extract<Route, { page: "learn" }>;

export default function Learn({ route }: { route: LearnRoute }) {
  const { t } = useTranslation();
  return (
    <PageFrame title={t("learn.title")} lead={t("learn.lead")}>
      <div className="learn">
        <nav className="learn-views" aria-label={t("learn.views")}>
          {(["failures", "articles", "instructions"] as const).map((view) => (
            <a
              key={view}
              href={paths.learn({ view })}
              aria-current={route.view === view ? "page" : undefined}
            >
              {t(`learn.view.${view}`)}
            </a>
          ))}
        </nav>
        <View route={route} />
      </div>
    </PageFrame>
  );
}

function View({ route }: { route: LearnRoute }) {
  switch (route.view) {
    case "failures":
      if (route.cluster === undefined) return <Failures route={route} />;
      return route.propose ? (
        <Propose key={route.cluster} route={route} cluster={route.cluster} />
      ) : (
        <Cluster key={route.cluster} route={route} cluster={route.cluster} />
      );
    case "articles":
      return route.article === undefined ? (
        <Articles />
      ) : (
        <Article key={route.article} slug={route.article} />
      );
    case "instructions":
      return <Instructions />;
  }
}
