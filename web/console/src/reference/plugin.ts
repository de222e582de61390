/** Where the library's ways are not ours. */
import type { Element, Plugin } from "swagger-ui-dist/swagger-ui-es-bundle.js";

/** The widget's listener is another origin, which this page may not ask. */
const OTHER_ORIGIN = "/v1/widget/";

/**
 * Descriptions are shown as text with `code` in it. The library would make markup of them, which
 * the content policy does not allow here (S-1).
 */
const asText: Plugin = () => ({
  wrapComponents: {
    Markdown: (_original, { React }) => {
      const piece = (text: string, index: number): Element =>
        React.createElement(index % 2 === 1 ? "code" : "span", { key: index }, text);
      return ({ source }) => {
        if (!source) return null;
        const paragraphs = source
          .split(/\n{2,}/)
          .map((text, key) => React.createElement("p", { key }, ...text.split("`").map(piece)));
        return React.createElement("div", { className: "renderedMarkdown" }, ...paragraphs);
      };
    },
  },
});

/** Code that is longer than its box is scrolled by keys as well. */
const reachable: Plugin = () => ({
  wrapComponents: {
    PlainTextViewer:
      (_original, { React }) =>
      ({ className = "", children = "" }) =>
        React.createElement("pre", { className: `microlight ${className}`, tabIndex: 0 }, children),
  },
});

const sameOriginOnly: Plugin = () => ({
  statePlugins: {
    spec: {
      wrapSelectors: {
        allowTryItOutFor: () => (_state, path) => !path?.startsWith(OTHER_ORIGIN),
      },
    },
  },
});

/** A list of the library's: maps of a scheme's name to what it is. */
type Schemes = { filter(keep: (scheme: { has(name: string): boolean }) => boolean): Schemes };

/** Only a key can be given here: the browser sends the session, and visitors are elsewhere. */
const keysOnly: Plugin = () => ({
  statePlugins: {
    auth: {
      wrapSelectors: {
        definitionsToAuthorize: (original) => (state) => {
          const schemes = original(state) as Schemes | undefined;
          return schemes?.filter((scheme) => scheme.has("key"));
        },
      },
    },
  },
});

export const plugins = [asText, reachable, sameOriginOnly, keysOnly];
