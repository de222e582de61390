// The help center: an index and one article at a time, read from the server as JSON and built with
// the same formatter as the chat.

import { render } from "../format";
import { chat, offerSignIn } from "./sign-in";

interface Listed {
  slug: string;
  title: string;
  category: string;
}
interface Article {
  title: string;
  category: string;
  updated: string;
  body: string;
}

const CATEGORIES: Record<string, string> = {
  shipping: "Shipping",
  returns: "Returns",
  billing: "Billing",
  account: "Account",
  integrations: "Integrations",
  api: "API",
  privacy: "Privacy",
};

const address = (slug: string) => `/help/${slug}`;

/** The article of this address: `/help/SLUG` or `?slug=SLUG`. */
function slugOf({ pathname, search }: Location): string | null {
  const slug =
    new URLSearchParams(search).get("slug") ?? /^\/help\/([^/]+)$/.exec(pathname)?.[1] ?? null;
  return slug !== null && /^[a-z0-9-]{1,120}$/.test(slug) ? slug : null;
}

function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | string)[]
) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function link(href: string, text: string): HTMLAnchorElement {
  const node = el("a", "", text);
  node.href = href;
  return node;
}

function outside(label: string, url: string): Node {
  const node = link(url, label);
  node.rel = "noopener noreferrer";
  node.target = "_blank";
  return node;
}

async function read<T>(path: string): Promise<T | null> {
  try {
    const response = await fetch(path, { headers: { accept: "application/json" } });
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}

function still(): HTMLElement {
  const ask = el("button", "button second", "Ask in the chat");
  ask.type = "button";
  ask.addEventListener("click", async () => (await chat()).open());
  return el(
    "div",
    "still",
    el("p", "", "Not what you were looking for?"),
    el("div", "actions", ask),
  );
}

function show(article: Article): void {
  const page = document.querySelector("#article");
  if (!page) return;
  document.title = `${article.title} – Brightcrate help`;
  const updated = new Date(`${article.updated}T00:00:00`);
  const date = Number.isNaN(updated.getTime())
    ? article.updated
    : new Intl.DateTimeFormat("en", { dateStyle: "long" }).format(updated);
  const body = el("div", "body");
  body.append(
    render(article.body, {
      has_headings: true,
      link: outside,
      reference: (title, slug) => link(address(slug), title),
    }),
  );
  page.replaceChildren(
    el("h1", "", article.title),
    el("p", "meta", `${CATEGORIES[article.category] ?? article.category} · updated ${date}`),
    body,
    still(),
  );
}

function showMissing(slug: string | null): void {
  const page = document.querySelector("#article");
  const title = slug ? "This article does not exist" : "Help center";
  const text = slug
    ? "It may have been renamed. The list has all articles."
    : "Pick an article, or ask in the chat.";
  page?.replaceChildren(el("h1", "", title), el("p", "meta", text), still());
}

function showIndex(articles: Listed[], current: string | null): void {
  const index = document.querySelector("#index");
  const find = document.querySelector<HTMLInputElement>("#find");
  if (!index || !find) return;
  const draw = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = articles.filter(({ title }) =>
      words.every((word) => title.toLowerCase().includes(word)),
    );
    const groups = Object.entries(CATEGORIES).flatMap(([category, name]) => {
      const inside = found.filter((article) => article.category === category);
      if (inside.length === 0) return [];
      const list = el("ul", "articles");
      for (const { slug, title } of inside) {
        const entry = link(address(slug), title);
        if (slug === current) entry.setAttribute("aria-current", "page");
        list.append(el("li", "", entry));
      }
      return [el("h2", "", name), list];
    });
    index.replaceChildren(
      ...(groups.length > 0
        ? groups
        : [el("p", "meta", "No article has these words in its title.")]),
    );
  };
  find.addEventListener("input", draw);
  draw();
}

async function start(): Promise<void> {
  const slug = slugOf(window.location);
  const [article, articles] = await Promise.all([
    slug ? read<Article>(`/help/${slug}.json`) : null,
    read<Listed[]>("/help/index.json"),
  ]);
  if (article) show(article);
  else showMissing(slug);
  if (Array.isArray(articles)) showIndex(articles, slug);
  await offerSignIn();
}

void start();
