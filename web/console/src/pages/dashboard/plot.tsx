import type { Dashboard } from "@segue/client";
import {
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../lib/hooks";
import { paths } from "../../routes";
import { Button } from "../../ui/button";
import { Problem } from "../../ui/states";
import { csv, fileName, type Plain, save } from "./csv";

type Column<R> = {
  name: string;
  isNumber?: boolean;
  cell: (row: R) => ReactNode;
  /** What a file says instead, where the cell is no plain value. */
  plain?: (row: R) => Plain;
};

type PlotProps<R> = {
  /** A sentence that says what is seen. */
  title: string;
  note?: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  keyOf: (row: R) => string;
  /** Draws at the width that there is; a table needs no drawing. */
  children?: (width: number) => ReactNode;
  isWide?: boolean;
  isTableOnly?: boolean;
};

/** A plot and its table: the same numbers, one press apart. */
export function Plot<R>(props: PlotProps<R>) {
  const { t } = useTranslation();
  const [isTable, setTable] = useState(false);
  const titleId = useId();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  return (
    <section className={props.isWide ? "card plot is-wide" : "card plot"} aria-labelledby={titleId}>
      <header className="plot-head">
        <h2 id={titleId}>{props.title}</h2>
        <span className="row no-print">
          {!props.isTableOnly && (
            <Button
              tone="quiet"
              icon={isTable ? "chart" : "table"}
              aria-pressed={isTable}
              onClick={() => setTable(!isTable)}
            >
              {t("plot.table")}
            </Button>
          )}
          <Button tone="quiet" onClick={() => saveTable(props)} title={t("plot.csv_hint")}>
            {t("plot.csv")}
          </Button>
        </span>
      </header>
      {props.note && <p className="quiet small">{props.note}</p>}
      <div ref={box}>
        {isTable || props.isTableOnly ? (
          <PlotTable {...props} titleId={titleId} />
        ) : (
          props.children?.(width)
        )}
      </div>
    </section>
  );
}

/** The numbers of the table as a file. */
function saveTable<R>({ title, columns, rows }: PlotProps<R>) {
  const names = columns.map((column) => column.name);
  const plain = rows.map((row) =>
    columns.map((column) => (column.plain ? column.plain(row) : asPlain(column.cell(row)))),
  );
  save(fileName(title), csv(names, plain));
}

function asPlain(cell: ReactNode): Plain {
  return typeof cell === "string" || typeof cell === "number" ? cell : null;
}

function PlotTable<R>({ columns, rows, keyOf, titleId }: PlotProps<R> & { titleId: string }) {
  return (
    // A table that scrolls must be reachable with the keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <figure className="table-scroll" tabIndex={0} aria-labelledby={titleId}>
      <table aria-labelledby={titleId}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" className={column.isNumber ? "number" : undefined}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column) => (
                <td key={column.name} className={column.isNumber ? "number" : undefined}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

const WIDTH_BY_DEFAULT = 480;

function useWidth(box: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(WIDTH_BY_DEFAULT);
  useEffect(() => {
    const element = box.current;
    if (element === null || typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver((entries) => {
      const next = entries[0]?.contentRect.width;
      if (next !== undefined && next > 0) setWidth(Math.round(next));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

/** How many conversations lead on from a figure before more are asked for. */
const SHOWN = 20;

/** Fetches the same figures with all the conversations behind them. */
export const WholeContext = createContext<() => Promise<Dashboard>>(() =>
  Promise.reject(new Error("no figures")),
);

type ExamplesProps = {
  label: string;
  conversations: string[];
  /** Where the figure stands in the whole. */
  pick: (dashboard: Dashboard) => string[] | undefined;
};

/** A number that leads to its conversations: the newest at once, all of them on request. */
export function Examples({ label, conversations, pick }: ExamplesProps) {
  const { t } = useTranslation();
  const load = useContext(WholeContext);
  const [whole, setWhole] = useState<string[] | null>(null);
  const { isBusy, error, run } = useAction();
  if (conversations.length === 0) return label;
  const shown = whole ?? conversations;
  const more = () => run(async () => setWhole(pick(await load()) ?? []));
  return (
    <details className="examples">
      <summary>{label}</summary>
      <ul className="plain">
        {shown.map((id) => (
          <li key={id}>
            <a className="mono" href={paths.conversation(id)}>
              {id}
            </a>
          </li>
        ))}
      </ul>
      {whole === null && conversations.length >= SHOWN && (
        <p className="row">
          <span className="faint">{t("plot.newest", { count: conversations.length })}</span>
          <Button disabled={isBusy} onClick={() => void more()}>
            {t("plot.show_all")}
          </Button>
        </p>
      )}
      <Problem error={error} />
    </details>
  );
}
