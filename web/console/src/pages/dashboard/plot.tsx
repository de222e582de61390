import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { paths } from "../../routes";
import { Button } from "../../ui/button";

type Column<R> = { name: string; isNumber?: boolean; cell: (row: R) => ReactNode };

type PlotProps<R> = {
  /** A sentence that says what is seen. */
  title: string;
  note?: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  keyOf: (row: R) => string;
  /** Draws at the width that there is. */
  children: (width: number) => ReactNode;
  isWide?: boolean;
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
        <Button
          tone="quiet"
          icon={isTable ? "chart" : "table"}
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
        >
          {t("plot.table")}
        </Button>
      </header>
      {props.note && <p className="quiet small">{props.note}</p>}
      <div ref={box}>
        {isTable ? <PlotTable {...props} titleId={titleId} /> : props.children(width)}
      </div>
    </section>
  );
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

/** A number that leads to its conversations. */
export function Examples({ label, conversations }: { label: string; conversations: string[] }) {
  if (conversations.length === 0) return label;
  return (
    <details className="examples">
      <summary>{label}</summary>
      <ul className="plain">
        {conversations.map((id) => (
          <li key={id}>
            <a className="mono" href={paths.conversation(id)}>
              {id}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
