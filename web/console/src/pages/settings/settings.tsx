import "./settings.css";
import type { Route } from "../../routes";
import { Audit } from "./audit";
import { Customers } from "./customers";
import { Keys } from "./keys";
import { Queues } from "./queues";
import { Team } from "./team";
import { WordingPage } from "./wording";

type SettingsRoute = Extract<
  Route,
  { page: "team" | "queues" | "wording" | "keys" | "customers" | "audit" }
>;

export default function Settings({ route }: { route: SettingsRoute }) {
  switch (route.page) {
    case "team":
      return <Team />;
    case "queues":
      return <Queues />;
    case "wording":
      return <WordingPage />;
    case "keys":
      return <Keys />;
    case "customers":
      return <Customers />;
    case "audit":
      return <Audit />;
  }
}
