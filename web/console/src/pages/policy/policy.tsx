/** The rules: tried, proposed, put in force and taken back. */
import type { Policy } from "@segue/client";
import "../dashboard/dashboard.css";
import "./policy.css";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useLoad } from "../../lib/hooks";
import { POLICY_VIEWS, type PolicyView, paths, type Route } from "../../routes";
import { PageFrame } from "../../shell/shell";
import { Await } from "../../ui/states";
import { Edit } from "./editor/edit";
import { Proposals } from "./proposals";
import { Trials } from "./trial";
import { Versions } from "./versions";

type PolicyRoute = Extract<Route, { page: "policy" }>;

export default function PolicyPage({ route }: { route: PolicyRoute }) {
  const { t } = useTranslation();
  const { loaded, reload, set } = useLoad(() => api.policy(), []);
  const policy = loaded.status === "ready" ? loaded.data : null;
  return (
    <PageFrame title={t("rail.policy")} lead={t("policy.lead")} isWide>
      <nav className="tabs policy-views" aria-label={t("policy.views")}>
        {POLICY_VIEWS.map((one) => (
          <a
            key={one}
            href={paths.policy(one)}
            aria-current={one === route.view ? "page" : undefined}
          >
            {t(`policy.view_${one}`)}
            <Count view={one} policy={policy} />
          </a>
        ))}
      </nav>
      <Await loaded={loaded} reload={reload} rows={10}>
        {(policy) => <View route={route} policy={policy} onChanged={set} reload={reload} />}
      </Await>
    </PageFrame>
  );
}

function Count({ view, policy }: { view: PolicyView; policy: Policy | null }) {
  const { t } = useTranslation();
  if (view === "proposals" && policy?.open_proposals) {
    return <span className="rail-count">{policy.open_proposals}</span>;
  }
  if (view === "trial" && policy?.trial?.state === "running") {
    return <span className="tag tone-waiting">{t(`trial.${policy.trial.mode}`)}</span>;
  }
  return null;
}

export type ViewProps = {
  policy: Policy;
  /** Another version is in force, or the same with something new around it. */
  onChanged: (policy: Policy) => void;
  reload: () => void;
};

function View({ route, ...props }: ViewProps & { route: PolicyRoute }) {
  switch (route.view) {
    case "edit":
      return <Edit key={props.policy.version} accept={route.accept} {...props} />;
    case "proposals":
      return <Proposals id={route.id} {...props} />;
    case "trial":
      return <Trials id={route.id} {...props} />;
    case "versions":
      return <Versions {...props} />;
    case "explain":
      return <pre className="card explain">{props.policy.explain}</pre>;
  }
}
