import type { Dashboard } from "@segue/client";
import { useTranslation } from "react-i18next";
import { heatTitle } from "./numbers";
import { Plot } from "./plot";

const LEFT = 36;
const TOP = 18;
const ROW = 22;
const HOURS = 24;
const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;
/** A Monday; only its weekday is used, to say the names in the reader's language. */
const A_MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** Escalations by weekday (Monday first) and hour. */
export function Heat({ heat }: { heat: Dashboard["heat"] }) {
  const { t, i18n } = useTranslation();
  const named = (style: "short" | "long") => (weekday: number) =>
    new Intl.DateTimeFormat(i18n.language, { weekday: style, timeZone: "UTC" }).format(
      A_MONDAY + weekday * DAY_MS,
    );
  const title = heatTitle(heat, named("long"), t);
  const most = Math.max(1, ...heat.map((cell) => cell.n));
  const cells = new Map(heat.map((cell) => [`${cell.weekday}-${cell.hour}`, cell.n]));
  const filled = heat.filter((cell) => cell.n > 0).sort((a, b) => b.n - a.n);
  return (
    <Plot
      title={title}
      isWide
      rows={filled}
      keyOf={(cell) => `${cell.weekday}-${cell.hour}`}
      columns={[
        { name: t("plot.day"), cell: (cell) => named("long")(cell.weekday) },
        { name: t("plot.hour"), isNumber: true, cell: (cell) => `${cell.hour}:00` },
        { name: t("plot.n"), isNumber: true, cell: (cell) => cell.n },
      ]}
    >
      {(width) => {
        const step = (width - LEFT) / HOURS;
        return (
          <svg
            className="drawing"
            width={width}
            height={TOP + ROW * WEEKDAYS.length}
            role="img"
            aria-label={title}
          >
            {[0, 6, 12, 18].map((hour) => (
              <text key={hour} className="axis" x={LEFT + hour * step} y="12">
                {hour}:00
              </text>
            ))}
            {WEEKDAYS.map((weekday) => (
              <g key={weekday} transform={`translate(0 ${TOP + weekday * ROW})`}>
                <text className="axis" x="0" y="15">
                  {named("short")(weekday)}
                </text>
                {Array.from({ length: HOURS }, (_, hour) => {
                  const n = cells.get(`${weekday}-${hour}`) ?? 0;
                  return (
                    <rect
                      // biome-ignore lint/suspicious/noArrayIndexKey: the hour is the key
                      key={hour}
                      className={n === 0 ? "cell is-empty" : "cell"}
                      x={LEFT + hour * step}
                      y="0"
                      width={Math.max(2, step - 2)}
                      height={ROW - 2}
                      rx="2"
                      fillOpacity={n === 0 ? 1 : 0.2 + 0.8 * (n / most)}
                    >
                      <title>{`${named("long")(weekday)} ${hour}:00 · ${n}`}</title>
                    </rect>
                  );
                })}
              </g>
            ))}
          </svg>
        );
      }}
    </Plot>
  );
}
