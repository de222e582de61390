import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/**
 * What axe finds on a page, one line each. In the dark only the contrasts differ, so there only
 * they are looked at again. `without` names rules that are not looked at; say there why.
 */
export async function violations(
  page: Page,
  colors: "light" | "dark" = "light",
  without: readonly string[] = [],
): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (colors === "dark") axe.withRules(["color-contrast", "link-in-text-block"]);
  axe.disableRules([...without]);
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id}: ${help} at ${target.join(" ")}: ${html.slice(0, 160)}`),
  );
}
