import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { share } from "../../dashboard/numbers";
import { applyEdits, BAND_STEP, type Bands, editBands, readBands } from "../text/bands";

type Props = {
  text: string;
  /** The text in force, to show where its thresholds are. */
  inForce: string;
  onChange: (text: string) => void;
};

/** The most frequent change without writing: how sure an answer must be. */
export function Sliders({ text, inForce, onChange }: Props) {
  const { t } = useTranslation();
  const all = readBands(text);
  const [topic, setTopic] = useState<string | null>(null);
  const bands = all.find((one) => one.topic === topic) ?? all[0];
  const titleId = useId();
  if (bands === undefined) {
    return (
      <section className="card sliders">
        <h2>{t("sliders.title")}</h2>
        <p className="quiet">{t("sliders.none")}</p>
      </section>
    );
  }
  const before = readBands(inForce).find((one) => one.topic === bands.topic);
  const set = (wanted: { floor?: number; accept?: number }) =>
    onChange(applyEdits(text, editBands(text, bands.topic, wanted)));
  return (
    <section className="card sliders" aria-labelledby={titleId}>
      <header className="row spread">
        <h2 id={titleId}>{t("sliders.title")}</h2>
        {all.length > 1 && (
          <select
            className="slim"
            aria-label={t("sliders.which")}
            value={bands.topic ?? ""}
            onChange={(event) => setTopic(event.target.value || null)}
          >
            {all.map((one) => (
              <option key={one.topic ?? ""} value={one.topic ?? ""}>
                {one.topic === null ? t("sliders.every") : t("sliders.topic", { topic: one.topic })}
              </option>
            ))}
          </select>
        )}
      </header>
      <Scale bands={bands} />
      <div className="slider-fields">
        <Slider
          label={t("sliders.floor")}
          hint={t("sliders.floor_hint", { value: share(bands.floor) })}
          value={bands.floor}
          before={before?.floor}
          onChange={(floor) => set({ floor })}
        />
        <Slider
          label={t("sliders.accept")}
          hint={t("sliders.accept_hint", { value: share(bands.accept) })}
          value={bands.accept}
          before={before?.accept}
          onChange={(accept) => set({ accept })}
        />
      </div>
    </section>
  );
}

/** Smaller parts of the scale have no room for their name. */
const NAMED_FROM = 0.18;

/** What follows at each score, drawn to scale. */
function Scale({ bands }: { bands: Bands }) {
  const { t } = useTranslation();
  const parts = [
    { key: "asks", size: bands.floor },
    { key: "widens", size: bands.accept - bands.floor },
    { key: "answers", size: 1 - bands.accept },
  ] as const;
  return (
    <div className="scale" aria-hidden="true">
      {parts.map(({ key, size }) =>
        size <= 0 ? null : (
          <div key={key} className={`scale-part is-${key}`} style={{ flexGrow: size }}>
            {size >= NAMED_FROM && t(`sliders.${key}`)}
          </div>
        ),
      )}
    </div>
  );
}

type SliderProps = {
  label: string;
  hint: string;
  value: number;
  before: number | undefined;
  onChange: (value: number) => void;
};

function Slider({ label, hint, value, before, onChange }: SliderProps) {
  const { t } = useTranslation();
  const id = useId();
  const read = (written: string) => {
    const next = Number(written);
    if (written !== "" && !Number.isNaN(next)) onChange(next);
  };
  const isChanged = before !== undefined && before !== value;
  return (
    <div className="slider">
      <label htmlFor={id}>{label}</label>
      <div className="slider-row">
        <input
          id={id}
          type="range"
          min="0"
          max="1"
          step={BAND_STEP}
          value={value}
          aria-describedby={`${id}-hint`}
          onChange={(event) => read(event.target.value)}
        />
        <Exact key={value} label={t("sliders.exact", { label })} value={value} onWritten={read} />
      </div>
      <p id={`${id}-hint`} className="field-hint">
        {hint} {isChanged && <strong>{t("sliders.was", { value: before.toFixed(2) })}</strong>}
      </p>
    </div>
  );
}

type ExactProps = { label: string; value: number; onWritten: (written: string) => void };

/** The number itself; it counts when it is written, not at every key. */
function Exact({ label, value, onWritten }: ExactProps) {
  const [written, setWritten] = useState(value.toFixed(2));
  return (
    <input
      type="number"
      className="slim"
      min="0"
      max="1"
      step={BAND_STEP}
      aria-label={label}
      value={written}
      onChange={(event) => setWritten(event.target.value)}
      onBlur={() => onWritten(written)}
      onKeyDown={(event) => event.key === "Enter" && onWritten(written)}
    />
  );
}
