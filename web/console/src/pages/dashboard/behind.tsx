import type { FigureCase, FigureCases } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction, useLoad } from "../../lib/hooks";
import { word } from "../../lib/words";
import { paths, type Behind as Wanted } from "../../routes";
import { Button } from "../../ui/button";
import { Time } from "../../ui/marks";
import { Await, Empty, Problem } from "../../ui/states";
import { csv, save } from "./csv";
import type { FigureScope } from "./figures-context";
import { useValueName } from "./names";

type Props = { scope: FigureScope; behind: Wanted };

/** The conversations behind a number; each leads to its story and verdicts. */
export function Behind({ scope, behind }: Props) {
  const { days, includeDemo, filter } = scope;
  const asked = JSON.stringify([filter, behind]);
  const load = (skip: number) => api.behind(days, includeDemo, filter, behind, skip);
  const { loaded, reload } = useLoad(() => load(0), [days, includeDemo, asked]);
  return (
    <Await loaded={loaded} reload={reload} rows={6}>
      {(first) => <Found key={asked} scope={scope} behind={behind} first={first} load={load} />}
    </Await>
  );
}

type FoundProps = Props & {
  first: FigureCases;
  load: (skip: number) => Promise<FigureCases>;
};

function Found({ scope, behind, first, load }: FoundProps) {
  const { t } = useTranslation();
  const [items, setItems] = useState(first.items);
  const { isBusy, error, run } = useAction();
  const name = useValueName();
  const more = () =>
    run(async () => {
      const page = await load(items.length);
      setItems((all) => [...all, ...page.items]);
    });
  const words = (item: FigureCase) => ({
    outcome: item.outcome
      ? word(t, "outcome_key", item.outcome, item.outcome)
      : t("behind.no_part"),
    trigger: item.trigger ? word(t, "trigger", item.trigger, item.trigger) : "",
    topic: name("topic", item.topic ?? ""),
    cause: item.root_cause ? word(t, "root_cause", item.root_cause, item.root_cause) : "",
  });
  const saveAll = () => {
    const rows = items.map((item) => {
      const { outcome, trigger, topic, cause } = words(item);
      return [
        item.conversation,
        item.started_at,
        outcome,
        topic,
        trigger,
        item.rule,
        item.queue,
        cause,
        item.rated_assistant,
        item.rated_agent,
      ];
    });
    const names = [
      "id",
      t("behind.began"),
      t("plot.outcome"),
      t("dimension.topic"),
      t("dimension.trigger"),
      t("dimension.rule"),
      t("dimension.queue"),
      t("behind.cause"),
      t("behind.rated_assistant"),
      t("behind.rated_agent"),
    ];
    save(`${behind.kind}-${behind.key || "conversations"}.csv`, csv(names, rows));
  };
  return (
    <section className="card plot" aria-labelledby="behind-title">
      <header className="plot-head">
        <h2 id="behind-title">{useBehindTitle()(behind, first.n)}</h2>
        <a
          className="button no-print"
          href={paths.dashboard(scope.days, scope.includeDemo, {
            filter: scope.filter,
            by: scope.by,
          })}
        >
          {t("behind.back")}
        </a>
      </header>
      {items.length === 0 ? (
        <Empty icon="list" title={t("behind.none")} />
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable with the keyboard */}
          <figure className="table-scroll" tabIndex={0} aria-labelledby="behind-title">
            <table aria-labelledby="behind-title">
              <thead>
                <tr>
                  <th scope="col">{t("behind.began")}</th>
                  <th scope="col">{t("plot.outcome")}</th>
                  <th scope="col">{t("dimension.topic")}</th>
                  <th scope="col">{t("dimension.trigger")}</th>
                  <th scope="col">{t("dimension.rule")}</th>
                  <th scope="col">{t("behind.cause")}</th>
                  <th scope="col" className="number">
                    {t("behind.turns")}
                  </th>
                  <th scope="col" className="number">
                    {t("behind.rated")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((item) => {
                  const { outcome, trigger, topic, cause } = words(item);
                  const rated = [item.rated_assistant, item.rated_agent];
                  return (
                    <tr key={item.conversation}>
                      <th scope="row">
                        <a href={paths.conversation(item.conversation)}>
                          <Time at={item.started_at} />
                        </a>
                      </th>
                      <td>{outcome}</td>
                      <td>{topic}</td>
                      <td>{trigger}</td>
                      <td className="mono">{item.rule ?? ""}</td>
                      <td>{cause}</td>
                      <td className="number">{item.turns}</td>
                      <td className="number">{rated.map((score) => score ?? "–").join(" / ")}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </figure>
          <Problem error={error} />
          <p className="row no-print">
            <span className="faint">
              {t("behind.shown", { shown: items.length, count: first.n })}
            </span>
            {items.length < first.n && (
              <Button disabled={isBusy} onClick={() => void more()}>
                {t("common.more")}
              </Button>
            )}
            <Button tone="quiet" icon="table" onClick={saveAll}>
              {t("plot.csv")}
            </Button>
          </p>
        </>
      )}
    </section>
  );
}

/** What the conversations have in common. */
function useBehindTitle(): (behind: Wanted, n: number) => string {
  const { t } = useTranslation();
  const metric = (key: string) => {
    const known: Record<string, string> = t("metric", { returnObjects: true });
    return known[key] ?? key;
  };
  return ({ kind, key }, count) => {
    switch (kind) {
      case "hits":
        return t("behind.hits", { count, metric: metric(key) });
      case "misses":
        return t("behind.misses", { count, metric: metric(key) });
      case "outcome":
        return t("behind.outcome", { count, outcome: word(t, "outcome_key", key, key) });
      case "root_cause":
        return t("behind.root_cause", { count, cause: word(t, "root_cause", key, key) });
      case "all":
        return t("behind.all", { count });
    }
  };
}
