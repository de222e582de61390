import type { Dimension } from "@segue/client";
import { useTranslation } from "react-i18next";
import { DIMENSIONS, paths } from "../../routes";
import type { FigureScope } from "./figures-context";
import { useValueName } from "./names";

/** What is chosen, each with a way to choose it no longer. */
export function Filters({ scope }: { scope: FigureScope }) {
  const { t } = useTranslation();
  const name = useValueName();
  const chosen = DIMENSIONS.filter((one) => scope.filter[one] !== undefined);
  if (chosen.length === 0) return null;
  const without = (dropped: Dimension) => {
    const { [dropped]: _, ...filter } = scope.filter;
    return paths.dashboard(scope.days, scope.includeDemo, { filter, by: scope.by });
  };
  return (
    <nav className="filters" aria-label={t("breakdown.filters")}>
      {chosen.map((one) => (
        <a key={one} className="filter-chip" href={without(one)}>
          <span className="quiet">{t(`dimension.${one}`)}</span>{" "}
          {name(one, scope.filter[one] ?? "")}
          <span aria-hidden="true"> ×</span>
          <span className="sr-only">{t("breakdown.drop")}</span>
        </a>
      ))}
      {chosen.length > 1 && (
        <a href={paths.dashboard(scope.days, scope.includeDemo, { by: scope.by })}>
          {t("breakdown.drop_all")}
        </a>
      )}
    </nav>
  );
}
