/** Completion and explanations from the policy's schema and from names in the text itself. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { hoverTooltip, keymap } from "@codemirror/view";
import { namesFor } from "../text/names";
import { placeAt } from "../text/place";
import { about, keysOf, type Schema, schemasAt, valuesOf, type Word } from "../text/schema";

export function helps(schema: Schema | null): Extension {
  return [
    autocompletion({
      override: schema === null ? [] : [(context) => complete(schema, context)],
      icons: false,
    }),
    keymap.of(completionKeymap),
    ...(schema === null ? [] : [explanations(schema)]),
  ];
}

function complete(schema: Schema, context: CompletionContext): CompletionResult | null {
  const text = context.state.doc.toString();
  const place = placeAt(text, context.pos);
  if (place === null || (!context.explicit && place.from === context.pos)) return null;
  const at = schemasAt(schema, place.path);
  const keys = place.kind === "value" ? [] : keysOf(at);
  const values = place.kind === "key" ? [] : [...valuesOf(at), ...namesFor(text, place.path)];
  const options = [
    ...keys.filter(({ word }) => !place.siblings.includes(word)).map(keyOption),
    ...unique(values).map((value) => option(value, "enum", value.word)),
  ];
  return options.length === 0
    ? null
    : { from: place.from, options, validFor: /^[\w.-]*$/, filter: true };
}

function keyOption(key: Word): Completion {
  return { ...option(key, "property", `${key.word}: `), boost: key.isRequired ? 1 : 0 };
}

function option({ word, detail }: Word, type: string, apply: string): Completion {
  return { label: word, type, apply, info: detail };
}

function unique(words: Word[]): Word[] {
  return [...new Map(words.map((word) => [word.word, word])).values()];
}

const NAME = /[\w.-]/;

/** What the key or the word under the pointer means. */
function explanations(schema: Schema): Extension {
  return hoverTooltip((view, pos) => {
    const text = view.state.doc.toString();
    let [from, to] = [pos, pos];
    while (from > 0 && NAME.test(text.charAt(from - 1))) from -= 1;
    while (to < text.length && NAME.test(text.charAt(to))) to += 1;
    if (from === to) return null;
    const name = text.slice(from, to);
    const place = placeAt(text, to);
    if (place === null) return null;
    const path = place.kind === "value" ? place.path : [...place.path, name];
    const meaning = about(schemasAt(schema, path));
    if (meaning === null) return null;
    return {
      pos: from,
      end: to,
      above: true,
      create: () => {
        const dom = document.createElement("div");
        dom.className = "about";
        const code = document.createElement("code");
        code.textContent = name;
        dom.append(code, ` ${meaning}`);
        return { dom };
      },
    };
  });
}
