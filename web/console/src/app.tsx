/** Which page is shown: the doors while nobody is signed in, the shell otherwise. */
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useRoute } from "./lib/hooks";
import { useLive, useLiveStore } from "./live/hooks";
import { Conversations } from "./pages/conversations";
import { Invitation } from "./pages/doors/invitation";
import { SignInByLink } from "./pages/doors/link";
import { Setup } from "./pages/doors/setup";
import { SignIn } from "./pages/doors/sign-in";
import { Drafts } from "./pages/drafts";
import { Inbox } from "./pages/inbox/inbox";
import { paths, type Route } from "./routes";
import { SessionProvider, useSession } from "./session";
import { PageFrame, Shell } from "./shell/shell";
import { Failed, Skeleton } from "./ui/states";
import { ToastProvider } from "./ui/toast";

// What is not needed while answering customers comes when it is asked for.
const Dashboard = lazy(() => import("./pages/dashboard/dashboard"));
const PolicyPage = lazy(() => import("./pages/policy/policy"));
const Review = lazy(() => import("./pages/review/review"));
const Report = lazy(() => import("./pages/report/report"));
const Learn = lazy(() => import("./pages/learn/learn"));
const Tuning = lazy(() => import("./pages/tuning/tuning"));
const Settings = lazy(() => import("./pages/settings/settings"));

export function App() {
  return (
    <SessionProvider>
      <ToastProvider>
        <Doors />
      </ToastProvider>
    </SessionProvider>
  );
}

function Doors() {
  const route = useRoute();
  const { session, reload } = useSession();
  if (route.page === "link") return <SignInByLink token={route.token} />;
  if (route.page === "invitation") return <Invitation token={route.token} />;
  switch (session.status) {
    case "loading":
      return <Skeleton />;
    case "failed":
      return <Failed error={session.error} onRetry={reload} />;
    case "out":
      return route.page === "setup" ? <Setup /> : <SignIn />;
    case "in":
      return <SignedIn route={route} />;
  }
}

function SignedIn({ route }: { route: Route }) {
  const store = useLiveStore();
  const { lose } = useSession();
  const status = useLive((state) => state.status);
  useEffect(() => {
    store.start();
    return () => store.stop();
  }, [store]);
  useEffect(() => {
    if (status === "signed_out") lose();
  }, [status, lose]);
  return (
    <Shell route={route}>
      <Suspense fallback={<Skeleton />}>
        <PageOf route={route} />
      </Suspense>
    </Shell>
  );
}

function PageOf({ route }: { route: Route }) {
  const { t } = useTranslation();
  switch (route.page) {
    case "inbox":
    case "conversation":
      return <Inbox route={route} />;
    case "drafts":
      return <Drafts />;
    case "conversations":
      return <Conversations state={route.state} queue={route.queue} reference={route.reference} />;
    case "dashboard":
      return (
        <Dashboard
          days={route.days}
          includeDemo={route.include_demo}
          filter={route.filter}
          by={route.by}
          behind={route.behind}
        />
      );
    case "policy":
      return <PolicyPage route={route} />;
    case "review":
      return <Review />;
    case "report":
      return <Report week={route.week} />;
    case "tuning":
      return <Tuning />;
    case "learn":
      return <Learn route={route} />;
    case "team":
    case "queues":
    case "wording":
    case "keys":
    case "customers":
    case "audit":
      return <Settings route={route} />;
    case "sign_in":
    case "setup":
    case "link":
    case "invitation":
      return <Inbox route={{ page: "inbox" }} />;
    case "unknown":
      return (
        <PageFrame title={t("common.no_such_page")}>
          <p>
            <a href={paths.inbox()}>{t("conversation.back")}</a>
          </p>
        </PageFrame>
      );
  }
}
