import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { chooseLanguage, LANGUAGES, readLanguage } from "../i18n";
import { isUnread, useSeenMarks } from "../lib/seen";
import { useInbox } from "../live/hooks";
import { type Page, paths } from "../routes";
import { useMe, useSession } from "../session";
import { IconButton } from "../ui/button";
import { Icon, type IconName } from "../ui/icon";
import { applyTheme, readTheme, THEMES } from "../ui/theme";
import { useToast } from "../ui/toast";
import { PresenceSwitch } from "./presence";

type Entry = {
  key:
    | "inbox"
    | "drafts"
    | "review"
    | "conversations"
    | "dashboard"
    | "report"
    | "grading"
    | "learn"
    | "tuning"
    | SettingsKey;
  href: string;
  icon: IconName;
  pages: readonly Page[];
  count?: number;
  /** What the role must allow for the page to open. */
  needs?: "review_drafts" | "manage_keys" | "read_audit" | "grade_answers";
};
type SettingsKey = "policy" | "team" | "queues" | "wording" | "keys" | "customers" | "audit";

/** How the assistant is made better: its answers checked, its threshold, its rules. */
const IMPROVING: readonly Entry[] = [
  { key: "report", href: paths.report(), icon: "table", pages: ["report"] },
  {
    key: "grading",
    href: paths.review(),
    icon: "check",
    pages: ["review"],
    needs: "grade_answers",
  },
  { key: "learn", href: paths.learn(), icon: "seam", pages: ["learn"] },
  { key: "tuning", href: paths.tuning(), icon: "tune", pages: ["tuning"] },
  { key: "policy", href: paths.policy(), icon: "policy", pages: ["policy"] },
];

const SETTINGS: readonly Entry[] = [
  { key: "team", href: paths.team(), icon: "team", pages: ["team"] },
  { key: "queues", href: paths.queues(), icon: "queue", pages: ["queues"] },
  { key: "wording", href: paths.wording(), icon: "wording", pages: ["wording"] },
  { key: "keys", href: paths.keys(), icon: "key", pages: ["keys"], needs: "manage_keys" },
  {
    key: "customers",
    href: paths.customers(),
    icon: "customers",
    pages: ["customers"],
    needs: "manage_keys",
  },
  {
    key: "audit",
    href: paths.audit(),
    icon: "table",
    pages: ["audit"],
    needs: "read_audit",
  },
];

export function Rail({ page, onHelp }: { page: Page; onHelp: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const inbox = useInbox();
  const marks = useSeenMarks();
  const [isOpen, setOpen] = useState(false);
  // What wants somebody: offers, customers who wait, and new messages to me.
  const calling = inbox
    ? inbox.offers.length +
      inbox.waiting.length +
      inbox.mine.filter((row) => isUnread(row, marks)).length
    : 0;
  const workspace = me.workspace.name;
  useEffect(() => {
    document.title = `${calling > 0 ? `(${calling}) ` : ""}${workspace} – Segue`;
  }, [calling, workspace]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the menu
  useEffect(() => setOpen(false), [page]);
  const daily: readonly Entry[] = [
    {
      key: "inbox",
      href: paths.inbox(),
      icon: "inbox",
      pages: ["inbox", "conversation"],
      count: calling,
    },
    {
      key: "drafts",
      href: paths.drafts(),
      icon: "drafts",
      pages: ["drafts"],
      needs: "review_drafts",
      count: inbox?.drafts.length,
    },
    {
      key: "review",
      href: paths.conversations("flagged"),
      icon: "flag",
      pages: [],
      count: inbox?.flagged_count,
    },
    {
      key: "conversations",
      href: paths.conversations("all"),
      icon: "list",
      pages: ["conversations"],
    },
    { key: "dashboard", href: paths.dashboard(), icon: "chart", pages: ["dashboard"] },
  ];
  return (
    <header className={isOpen ? "rail is-open" : "rail"}>
      <button
        type="button"
        className="skip"
        onClick={() => document.getElementById("main")?.focus()}
      >
        {t("common.skip")}
      </button>
      <div className="rail-head">
        <p className="rail-workspace">
          {me.workspace.name}
          {me.workspace.is_demo && <span className="tag tone-neutral">{t("rail.demo")}</span>}
        </p>
        <PresenceSwitch />
      </div>
      <nav aria-label={t("rail.name")}>
        <RailList entries={daily} page={page} />
        <button
          type="button"
          className="rail-more"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="more" />
          {t("rail.more")}
        </button>
        <div className="rail-rest">
          <h2 className="rail-title">{t("rail.improving")}</h2>
          <RailList entries={IMPROVING} page={page} />
          <h2 className="rail-title">{t("rail.settings")}</h2>
          <RailList entries={SETTINGS} page={page} />
        </div>
      </nav>
      <RailFoot onHelp={onHelp} />
    </header>
  );
}

function RailList({ entries, page }: { entries: readonly Entry[]; page: Page }) {
  const { t } = useTranslation();
  const { allowed } = useMe();
  const isFlagged = window.location.hash.includes("state=flagged");
  const isHere = (entry: Entry) => {
    if (page !== "conversations") return entry.pages.includes(page);
    return isFlagged ? entry.key === "review" : entry.key === "conversations";
  };
  // A page that would only say that it is not for them is not offered.
  const isOpen = ({ needs }: Entry) => needs === undefined || allowed[needs]?.ok === true;
  return (
    <ul className="plain">
      {entries.filter(isOpen).map((entry) => (
        <li key={entry.key}>
          <a href={entry.href} aria-current={isHere(entry) ? "page" : undefined}>
            <Icon name={entry.icon} />
            <span>{t(`rail.${entry.key}`)}</span>
            {entry.count !== undefined && entry.count > 0 && (
              <span className="rail-count">{entry.count}</span>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}

function RailFoot({ onHelp }: { onHelp: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const { signOut } = useSession();
  const [theme, setTheme] = useState(readTheme);
  return (
    <div className="rail-foot">
      <label className="rail-theme">
        <Icon name="sun" />
        <span className="sr-only">{t("rail.theme")}</span>
        <select
          value={theme}
          onChange={(event) => {
            const next = THEMES.find((one) => one === event.target.value) ?? "system";
            setTheme(next);
            applyTheme(next);
          }}
        >
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {t(`theme.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <LanguageSwitch />
      <div className="rail-me">
        <span title={me.agent.email}>
          {me.agent.name}
          <small>{t(`role.${me.agent.role}`)}</small>
        </span>
        <IconButton name={t("rail.help")} icon="help" onClick={onHelp} />
        <IconButton name={t("rail.sign_out")} icon="out" onClick={() => void signOut()} />
      </div>
    </div>
  );
}

function LanguageSwitch() {
  const { t } = useTranslation();
  const toast = useToast();
  const [choice, setChoice] = useState(readLanguage);
  const choose = async (next: (typeof LANGUAGES)[number]) => {
    const before = choice;
    setChoice(next);
    try {
      await chooseLanguage(next);
    } catch {
      // The texts of that language did not arrive; what is shown stays readable.
      setChoice(before);
      toast(t("errors.by_code.offline"), "error");
    }
  };
  return (
    <label className="rail-theme">
      <Icon name="globe" />
      <span className="sr-only">{t("language.name")}</span>
      <select
        value={choice}
        onChange={(event) => {
          const next = LANGUAGES.find((one) => one === event.target.value) ?? "browser";
          void choose(next);
        }}
      >
        {LANGUAGES.map((one) => (
          <option key={one} value={one} lang={one === "browser" ? undefined : one}>
            {t(`language.${one}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
