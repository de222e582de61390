/** How the editor looks: the page's own tokens, which reach into its shadow tree. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": {
    height: "100%",
    backgroundColor: "var(--panel)",
    color: "var(--text)",
    fontSize: "var(--size-12)",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "19px", overflow: "auto" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--text)" },
  ".cm-line": { padding: "0 12px 0 8px" },
  ".cm-gutters": {
    backgroundColor: "var(--sunken)",
    color: "var(--text-faint)",
    border: "none",
    borderRight: "1px solid var(--line)",
  },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "32px", padding: "0 4px 0 8px" },
  ".cm-foldGutter .cm-gutterElement": { padding: "0 4px", cursor: "pointer" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--n-4) 55%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--pressed)", color: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { backgroundColor: "var(--n-6)" },
  ".cm-selectionMatch": { backgroundColor: "var(--n-5)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--n-5)",
    outline: "1px solid var(--line-strong)",
  },
  ".cm-foldPlaceholder": {
    backgroundColor: "var(--pressed)",
    color: "var(--text-quiet)",
    border: "none",
    padding: "0 6px",
  },
  // What the check found.
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--breach) 1px",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--waiting) 1px",
    textUnderlineOffset: "3px",
  },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "4px 0 0 4px" },
  ".cm-lint-marker": { width: "9px", height: "9px", borderRadius: "999px", content: "''" },
  ".cm-lint-marker-error": { content: "''", backgroundColor: "var(--breach)" },
  ".cm-lint-marker-warning": { content: "''", backgroundColor: "var(--waiting)" },
  // What floats.
  ".cm-tooltip": {
    maxWidth: "min(460px, 90vw)",
    border: "1px solid var(--line-strong)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--panel)",
    color: "var(--text)",
    boxShadow: "var(--shadow)",
    fontFamily: "var(--sans)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mono)",
    maxHeight: "240px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    padding: "3px 8px",
    lineHeight: "18px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent-soft)",
    color: "var(--text)",
  },
  ".cm-completionDetail": { color: "var(--text-quiet)", fontStyle: "normal" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
  ".cm-tooltip.cm-completionInfo": { padding: "8px", fontSize: "var(--size-12)" },
  ".cm-diagnostic": { borderLeft: "3px solid", padding: "6px 8px" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--breach)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--waiting)" },
  ".cm-diagnosticAction": {
    margin: "0 0 0 8px",
    padding: "1px 8px",
    border: "1px solid var(--control-line)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--panel)",
    color: "var(--text)",
    font: "inherit",
  },
  ".finding-hint": { color: "var(--text-quiet)" },
  ".about": { padding: "6px 8px", fontSize: "var(--size-12)", lineHeight: "18px" },
  ".about code": { fontFamily: "var(--mono)", fontWeight: "600" },
  // The search line.
  ".cm-panels": {
    backgroundColor: "var(--sunken)",
    color: "var(--text)",
    fontFamily: "var(--sans)",
  },
  ".cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-textfield": {
    border: "1px solid var(--control-line)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--panel)",
    color: "var(--text)",
  },
  ".cm-button": {
    border: "1px solid var(--control-line)",
    borderRadius: "var(--radius)",
    backgroundImage: "none",
    backgroundColor: "var(--panel)",
    color: "var(--text)",
  },
  ".cm-panel.cm-search [name=close]": { color: "var(--text)" },
  ".cm-searchMatch": { backgroundColor: "var(--waiting-soft)" },
  ".cm-searchMatch-selected": { outline: "1px solid var(--waiting)" },
  // Two texts side by side.
  ".cm-changedLine, &.cm-merge-b .cm-changedLine": { backgroundColor: "var(--resolved-soft)" },
  "&.cm-merge-a .cm-changedLine, .cm-deletedChunk": { backgroundColor: "var(--breach-soft)" },
  ".cm-changedText, &.cm-merge-b .cm-changedText": {
    background: "none",
    textDecoration: "underline 2px var(--resolved)",
    textUnderlineOffset: "3px",
  },
  "&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText": {
    background: "none",
    textDecoration: "underline 2px var(--breach)",
    textUnderlineOffset: "3px",
  },
  "&.cm-merge-a .cm-changedLineGutter, .cm-deletedLineGutter": { background: "var(--breach)" },
  "&.cm-merge-b .cm-changedLineGutter, .cm-changedLineGutter": { background: "var(--resolved)" },
  ".cm-collapsedLines::before, .cm-collapsedLines::after": { content: "'···'" },
  ".cm-collapsedLines": {
    background: "var(--sunken)",
    color: "var(--text-quiet)",
    fontFamily: "var(--sans)",
  },
});

// Names stand out by their weight; colors are kept for what the check says.
const highlight = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: "var(--text)", fontWeight: "600" },
  { tag: tags.propertyName, color: "var(--text)", fontWeight: "600" },
  { tag: [tags.content, tags.string, tags.attributeValue], color: "var(--n-10)" },
  { tag: tags.comment, color: "var(--text-faint)", fontStyle: "italic" },
  { tag: [tags.separator, tags.punctuation, tags.bracket], color: "var(--text-faint)" },
]);

export const look: Extension = [theme, syntaxHighlighting(highlight)];
