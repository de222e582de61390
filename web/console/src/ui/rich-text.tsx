/**
 * What people and models wrote, shown as text and nothing else (S-1): the formatter
 * yields plain values and this turns them into elements. A web address is shown as
 * it is and opens only after a question that names the host.
 */
import { type Block, type Inline, parseRichText } from "@segue/client";
import { Fragment, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "./dialog";

export function RichText({ text }: { text: string }) {
  const blocks = useMemo(() => parseRichText(text), [text]);
  return (
    <div className="rich" dir="auto">
      {blocks.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks of one text never move
        <BlockView key={at} block={block} />
      ))}
    </div>
  );
}

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
      return part.text;
    case "bold":
      return <strong>{part.text}</strong>;
    case "code":
      return <code>{part.text}</code>;
    case "link":
      return <SafeLink text={part.text} url={part.url} host={part.host} />;
  }
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
