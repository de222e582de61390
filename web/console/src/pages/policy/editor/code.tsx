/** The text editor. It comes when it is asked for: nobody who answers customers loads it. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  tooltips,
} from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Schema } from "../text/schema";
import { type Finding, showFindings } from "./findings";
import { helps } from "./helps";
import { look } from "./look";
import { shadowIn } from "./shadow";

export type CodeHandle = { goTo: (line: number, column: number) => void };

type CodeProps = {
  ref?: Ref<CodeHandle>;
  label: string;
  value: string;
  onChange: (value: string) => void;
  findings: readonly Finding[];
  schema: Schema | null;
};

export default function Code({ ref, label, value, onChange, findings, schema }: CodeProps) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const help = useRef(new Compartment());
  const latest = useRef({ onChange, value });
  latest.current.onChange = onChange;
  const hint = t("code.leave");
  const phrases = useRef<Record<string, string>>({});
  phrases.current = t("code.phrases", { returnObjects: true });

  useEffect(() => {
    if (host.current === null) return;
    const { root, room } = shadowIn(host.current);
    const made = new EditorView({
      root,
      parent: room,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          plain,
          EditorState.phrases.of(phrases.current),
          help.current.of([]),
          EditorView.contentAttributes.of({ "aria-label": `${label}. ${hint}`, tabindex: "0" }),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            latest.current.value = update.state.doc.toString();
            latest.current.onChange(latest.current.value);
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, [label, hint]);

  useEffect(() => {
    view.current?.dispatch({ effects: help.current.reconfigure(helps(schema)) });
  }, [schema]);

  // A change from outside, e.g. of a slider: only what differs, so that the cursor stays.
  useEffect(() => {
    const editor = view.current;
    if (editor === null || value === latest.current.value) return;
    latest.current.value = value;
    editor.dispatch({ changes: difference(editor.state.doc.toString(), value) });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const replace = (word: string) => t("code.replace", { word });
    editor.dispatch(showFindings(editor.state, findings, replace));
  }, [findings, t]);

  useImperativeHandle(ref, () => ({
    goTo(line, column) {
      const editor = view.current;
      if (editor === null || line < 1) return;
      const at = editor.state.doc.line(Math.min(line, editor.state.doc.lines));
      const anchor = Math.min(at.from + Math.max(0, column - 1), at.to);
      editor.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: "center" }),
      });
      editor.focus();
    },
  }));

  return <div ref={host} className="code-host" />;
}

/**
 * Typing over a selection. The browser would do it by itself in the page, and on the way join
 * lines with style attributes, which the content security policy forbids.
 */
const overwriting = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const isTyped = event.inputType === "insertText" && event.data !== null;
    if (!isTyped || view.composing || view.state.selection.main.empty) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(event.data ?? ""), {
      userEvent: "input.type",
      scrollIntoView: true,
    });
    return true;
  },
});

const plain: Extension = [
  lineNumbers(),
  foldGutter(),
  lintGutter(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  history(),
  drawSelection(),
  bracketMatching(),
  indentUnit.of("  "),
  yaml(),
  tooltips({ position: "fixed" }),
  overwriting,
  look,
  keymap.of([
    ...defaultKeymap,
    ...historyKeymap,
    ...foldKeymap,
    ...searchKeymap,
    ...lintKeymap,
    indentWithTab,
  ]),
];

/** The one piece in which two texts differ. */
export function difference(before: string, after: string) {
  let from = 0;
  while (from < before.length && before[from] === after[from]) from += 1;
  let end = 0;
  const room = Math.min(before.length, after.length) - from;
  while (end < room && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}
