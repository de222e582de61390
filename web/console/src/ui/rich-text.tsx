/**
 * What people and models wrote, shown as text and nothing else (S-1): the formatter
 * yields plain values and this turns them into elements. A web address is shown as
 * it is and opens only after a question that names the host.
 */
import { type Block, type Inline, parseRichText } from "@segue/client";
import { createContext, Fragment, useContext, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Piece, type Place, piecesOfParts } from "../lib/evidence";
import { Dialog } from "./dialog";

/** The parts of a text with places marked in them. */
const Marked = createContext<ReadonlyMap<Inline, Piece[]>>(new Map());

type RichTextProps = {
  text: string;
  /** Places to mark, with the signals that they are evidence of. */
  places?: readonly Place[];
};

export function RichText({ text, places = NOWHERE }: RichTextProps) {
  const blocks = useMemo(() => parseRichText(text), [text]);
  const marked = useMemo(
    () => (places.length > 0 ? piecesOfParts(text, blocks, places) : new Map()),
    [text, blocks, places],
  );
  return (
    <div className="rich" dir="auto">
      <Marked value={marked}>
        {blocks.map((block, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one text never move
          <BlockView key={at} block={block} />
        ))}
      </Marked>
    </div>
  );
}

/** One and the same, so that a text without places is read once. */
const NOWHERE: readonly Place[] = [];

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case "paragraph":
      return (
        <p>
          {block.lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text never move
            <Fragment key={at}>
              {at > 0 && <br />}
              <Line parts={line} />
            </Fragment>
          ))}
        </p>
      );
    case "list": {
      const items = block.items.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items of one text never move
        <li key={at}>
          <Line parts={item} />
        </li>
      ));
      return block.is_ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "code":
      return <pre>{block.text}</pre>;
  }
}

function Line({ parts }: { parts: Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: parts of one line never move
  return parts.map((part, at) => <Part key={at} part={part} />);
}

function Part({ part }: { part: Inline }) {
  switch (part.kind) {
    case "text":
      return <Words part={part} />;
    case "bold":
      return (
        <strong>
          <Words part={part} />
        </strong>
      );
    case "code":
      return (
        <code>
          <Words part={part} />
        </code>
      );
    case "link":
      return <SafeLink text={part.text} url={part.url} host={part.host} />;
  }
}

/** A part's words, those marked that are evidence of something. */
function Words({ part }: { part: Inline }) {
  const { t } = useTranslation();
  const pieces = useContext(Marked).get(part);
  if (pieces === undefined) return part.text;
  return pieces.map(({ text, signals }, at) =>
    signals.length > 0 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one part never move
      <mark key={at} title={t("turn.evidence", { signals: signals.join(", ") })}>
        {text}
      </mark>
    ) : (
      text
    ),
  );
}

export function SafeLink({ text, url, host }: { text: string; url: string; host: string }) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const open = () => {
    window.open(url, "_blank", "noopener,noreferrer");
    setAsking(false);
  };
  return (
    <>
      <button type="button" className="text-link" onClick={() => setAsking(true)}>
        {text}
      </button>
      {isAsking && (
        <Dialog
          title={t("link.title", { host })}
          confirm={t("link.open")}
          onConfirm={open}
          onClose={() => setAsking(false)}
        >
          <p>{t("link.body")}</p>
          <p className="mono wrap">{url}</p>
        </Dialog>
      )}
    </>
  );
}
