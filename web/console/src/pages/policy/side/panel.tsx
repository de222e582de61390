import type { Policy } from "@segue/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { reasonText } from "../../../lib/words";
import { useMe } from "../../../session";
import { Empty } from "../../../ui/states";
import { TabPanels } from "../../../ui/tab-panels";
import { Cases } from "./cases";
import { Differences, useDifferences } from "./differences";
import { useCases } from "./use-cases";
import { useWhatIf, type WhatIfRange } from "./use-what-if";
import { pointsSaid, WhatIfPanel } from "./what-if";

type Props = { policy: Policy; text: string; isClean: boolean; isChanged: boolean };

type Key = "what_if" | "cases" | "changes";

/** What the text would do: to last week's conversations, to the cases, to the rules in force. */
export function SidePanel({ policy, text, isClean, isChanged }: Props) {
  const { t } = useTranslation();
  const { allowed } = useMe();
  const permit = allowed.propose_policy;
  const mayTry = permit?.ok === true;
  const [open, setOpen] = useState<Key>("what_if");
  const [range, setRange] = useState<WhatIfRange>({
    days: 7,
    include_demo: true,
    include_imported: false,
  });
  const whatIf = useWhatIf(text, range, mayTry && isClean && isChanged);
  const cases = useCases(text, mayTry && isClean);
  const differences = useDifferences(text, policy.version, isClean && isChanged);
  const refused = (
    <Empty icon="lock" title={t("try.refused")}>
      {permit === undefined ? null : reasonText(t, permit)}
    </Empty>
  );
  return (
    <TabPanels
      label={t("try.name")}
      open={open}
      onOpen={setOpen}
      panels={[
        {
          key: "what_if",
          label: t("try.what_if"),
          mark:
            whatIf.status === "done" ? (
              <span className="tab-mark">{pointsSaid(whatIf.report, t)}</span>
            ) : null,
          body: mayTry ? (
            <WhatIfPanel
              whatIf={whatIf}
              range={range}
              onRange={setRange}
              isClean={isClean}
              isChanged={isChanged}
            />
          ) : (
            refused
          ),
        },
        {
          key: "cases",
          label: t("try.cases"),
          mark: <CasesMark cases={cases} />,
          body: mayTry ? <Cases cases={cases} isClean={isClean} /> : refused,
        },
        {
          key: "changes",
          label: t("try.changes"),
          mark:
            differences.status === "ready" && differences.data.length > 0 ? (
              <span className="tab-mark">{differences.data.length}</span>
            ) : null,
          body: (
            <Differences
              differences={differences}
              before={policy.text}
              after={text}
              beforeName={policy.version}
              isChanged={isChanged}
            />
          ),
        },
      ]}
    />
  );
}

function CasesMark({ cases }: { cases: ReturnType<typeof useCases> }) {
  const { t } = useTranslation();
  if (cases.result.status !== "ready" || !cases.result.data.report) return null;
  const { failed, passed } = cases.result.data.report;
  return failed > 0 ? (
    <span className="tab-mark tone-breach">{t("cases.mark_failed", { count: failed })}</span>
  ) : (
    <span className="tab-mark tone-resolved">{t("cases.mark_passed", { count: passed })}</span>
  );
}
