/** What is used of the library, which brings no types. */
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  export type Request = { url: string; headers: Record<string, string> };
  export type Element = { readonly element: unique symbol };

  /** What a plugin is given; the library's own copy of React is part of it. */
  export type System = {
    React: {
      createElement(
        kind: string,
        props: Record<string, unknown> | null,
        ...children: (Element | string)[]
      ): Element;
    };
  };
  type Props = { source?: string; className?: string; children?: Element | string };
  export type Component = (props: Props) => Element | null;
  type Selector = (state: unknown, ...given: string[]) => unknown;
  /** Takes a selector and gives the one that is asked instead. */
  export type Wrap = (original: Selector) => Selector;

  export type Plugin = () => {
    wrapComponents?: Record<string, (original: Component, system: System) => Component>;
    statePlugins?: Record<string, { wrapSelectors: Record<string, Wrap> }>;
  };

  export type Options = {
    url: string;
    domNode: HTMLElement;
    deepLinking: boolean;
    docExpansion: "list" | "full" | "none";
    defaultModelsExpandDepth: number;
    displayOperationId: boolean;
    displayRequestDuration: boolean;
    filter: boolean;
    persistAuthorization: boolean;
    syntaxHighlight: boolean;
    validatorUrl: null;
    requestInterceptor(request: Request): Request;
    plugins: Plugin[];
  };

  export default function SwaggerUI(options: Options): void;
}
