/** What the check found, as marks in the text. */
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { EditorState, TransactionSpec } from "@codemirror/state";
import type { Lint } from "@segue/client";

export type Finding = { lint: Lint; isProblem: boolean };

/** The words that a hint proposes instead, e.g. of "did you mean `thresholds`?". */
export function proposed(hint: string | null | undefined): string | null {
  return /^(?:did you mean|write) `([^`]+)`/i.exec(hint ?? "")?.[1] ?? null;
}

export function showFindings(
  state: EditorState,
  findings: readonly Finding[],
  replaceLabel: (word: string) => string,
): TransactionSpec {
  const marks = findings.flatMap(({ lint, isProblem }): Diagnostic[] => {
    if (lint.line < 1 || lint.line > state.doc.lines) return [];
    const { from, to } = spanOf(state, lint);
    const word = proposed(lint.hint);
    const found = state.sliceDoc(from, to);
    return [
      {
        from,
        to,
        severity: isProblem ? "error" : "warning",
        message: lint.message,
        renderMessage: () => message(lint),
        actions:
          word === null || /\s/.test(found)
            ? undefined
            : [
                {
                  name: replaceLabel(word),
                  apply: (view, start, end) =>
                    view.dispatch({ changes: { from: start, to: end, insert: word } }),
                },
              ],
      },
    ];
  });
  return setDiagnostics(
    state,
    marks.sort((a, b) => a.from - b.from || a.to - b.to),
  );
}

/** The word at the place, or the rest of the line where there is no word. */
function spanOf(state: EditorState, lint: Lint): { from: number; to: number } {
  const line = state.doc.line(lint.line);
  const indent = line.text.search(/\S/);
  const column = Math.max(0, (lint.column || 1) - 1, lint.column ? 0 : indent);
  const from = Math.min(line.from + column, line.to);
  const word = /^[\w.-]+/.exec(line.text.slice(column));
  return { from, to: word === null ? line.to : from + word[0].length };
}

function message(lint: Lint): Node {
  const node = document.createElement("span");
  node.append(lint.message);
  if (lint.hint) {
    const hint = document.createElement("span");
    hint.className = "finding-hint";
    hint.textContent = ` ${lint.hint}`;
    node.append(hint);
  }
  return node;
}
