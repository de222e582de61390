import type { DeskPlace } from "@segue/client";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/hooks";
import { clock } from "../../lib/time";
import type { StaffView } from "../../live/store";
import { paths } from "../../routes";
import { useMe } from "../../session";
import { Icon } from "../../ui/icon";
import { FloorMark, Tag } from "../../ui/marks";

/** Who they are and who has the floor. */
export function Header({ view }: { view: StaffView }) {
  const { t } = useTranslation();
  const me = useMe();
  const now = useNow(1000);
  if (view.state === null) return null;
  const { customer, floor, opening, is_flagged } = view.state;
  const about = [customer.facts.tier, customer.facts.company, opening.channel].filter(
    (value): value is string => typeof value === "string" && value !== "",
  );
  return (
    <header className="conversation-head">
      <a className="back" href={paths.inbox()} aria-label={t("conversation.back")}>
        <Icon name="back" />
      </a>
      <div className="conversation-who">
        <h1>{customer.name}</h1>
        <p className="quiet small">{about.join(" · ")}</p>
      </div>
      <div className="row conversation-floor">
        {is_flagged && (
          <Tag tone="waiting" icon="flag">
            {t("conversation.flagged")}
          </Tag>
        )}
        {opening.desk && <Elsewhere desk={opening.desk} />}
        {opening.origin === "imported" && <Tag>{t("row.imported")}</Tag>}
        <FloorMark floor={floor} meId={me.agent.id} />
        {floor.since && floor.holder !== "closed" && (
          <span className="quiet small">{clock(now - Date.parse(floor.since))}</span>
        )}
      </div>
    </header>
  );
}

/** The help desk that has it; whoever wants to answer goes there. */
function Elsewhere({ desk }: { desk: DeskPlace }) {
  const { t } = useTranslation();
  const words = <Tag>{t("conversation.atDesk", { product: desk.product })}</Tag>;
  if (!desk.link) return words;
  return (
    <a href={desk.link} target="_blank" rel="noreferrer">
      {words}
    </a>
  );
}
