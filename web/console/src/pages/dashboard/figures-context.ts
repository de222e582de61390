/** What the whole page is about, so that every number can lead to its conversations. */

import type { Dimension } from "@segue/client";
import { createContext, useContext } from "react";
import { type Behind, type DashboardDays, type FigureFilter, paths } from "../../routes";

export type FigureScope = {
  days: DashboardDays;
  includeDemo: boolean;
  filter: FigureFilter;
  by: Dimension;
};

export const ScopeContext = createContext<FigureScope | null>(null);

/** Where a number of this page leads; nothing where the page has no such place. */
export function useBehind(): (behind: Behind, more?: FigureFilter) => string | undefined {
  const scope = useContext(ScopeContext);
  return (behind, more = {}) =>
    scope === null
      ? undefined
      : paths.dashboard(scope.days, scope.includeDemo, {
          filter: { ...scope.filter, ...more },
          by: scope.by,
          behind,
        });
}
