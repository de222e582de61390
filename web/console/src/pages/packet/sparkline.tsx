import { useTranslation } from "react-i18next";

const WIDTH = 312;
const HEIGHT = 44;
const PAD = 5;

/** The customer's mood over the turns, −1 to 1, zero drawn; said in words beside it. */
export function Sparkline({ curve }: { curve: readonly { turn: number; value: number }[] }) {
  const { t } = useTranslation();
  const first = curve[0];
  const last = curve.at(-1);
  if (first === undefined || last === undefined) return null;
  const x = (at: number) =>
    curve.length === 1 ? WIDTH / 2 : PAD + (at / (curve.length - 1)) * (WIDTH - 2 * PAD);
  const y = (value: number) => PAD + ((1 - value) / 2) * (HEIGHT - 2 * PAD);
  const points = curve.map((point, at) => `${x(at)},${y(point.value)}`).join(" ");
  const lowest = curve.reduce((low, point) => (point.value < low.value ? point : low), first);
  const words = t("packet.mood", {
    from: signed(first.value),
    to: signed(last.value),
    lowest: signed(lowest.value),
    turn: lowest.turn,
  });
  return (
    <figure className="sparkline">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <line x1="0" x2={WIDTH} y1={y(0)} y2={y(0)} />
        <polyline points={points} />
        <circle cx={x(curve.length - 1)} cy={y(last.value)} r="3.5" />
      </svg>
      <figcaption className="small quiet">{words}</figcaption>
    </figure>
  );
}

function signed(value: number): string {
  return `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(value).toFixed(1)}`;
}
