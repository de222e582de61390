/** Two texts side by side; on a narrow screen one beneath the other. */
import { yaml } from "@codemirror/lang-yaml";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { look } from "./look";
import { shadowIn } from "./shadow";

type CompareProps = {
  before: string;
  after: string;
  beforeName: string;
  afterName: string;
  isNarrow: boolean;
};

/** Unchanged lines around a change that stay visible. */
const MARGIN = 3;

export default function Compare({ before, after, beforeName, afterName, isNarrow }: CompareProps) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const phrases = useRef<Record<string, string>>({});
  phrases.current = t("code.phrases", { returnObjects: true });
  useEffect(() => {
    if (host.current === null) return;
    const { root, room } = shadowIn(host.current);
    const collapseUnchanged = { margin: MARGIN, minSize: 2 * MARGIN };
    const named = (name: string): Extension => [
      read,
      EditorState.phrases.of(phrases.current),
      EditorView.contentAttributes.of({ "aria-label": name, tabindex: "0" }),
    ];
    if (isNarrow) {
      const unified = unifiedMergeView({
        original: before,
        mergeControls: false,
        collapseUnchanged,
      });
      const view = new EditorView({
        root,
        parent: room,
        state: EditorState.create({ doc: after, extensions: [named(afterName), unified] }),
      });
      return () => view.destroy();
    }
    const view = new MergeView({
      root,
      parent: room,
      a: { doc: before, extensions: named(beforeName) },
      b: { doc: after, extensions: named(afterName) },
      collapseUnchanged,
    });
    return () => view.destroy();
  }, [before, after, beforeName, afterName, isNarrow]);
  return (
    <figure className="compare">
      <figcaption className="compare-names small quiet">
        <span>{beforeName}</span>
        <span>{afterName}</span>
      </figcaption>
      <div ref={host} className="compare-host" />
    </figure>
  );
}

const read: Extension = [
  lineNumbers(),
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.lineWrapping,
  yaml(),
  look,
];
