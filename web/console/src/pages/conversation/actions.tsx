/** What may be done with the conversation: the server says what, and why not. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api";
import { useAction, useKeys } from "../../lib/hooks";
import { useLiveStore } from "../../live/hooks";
import type { StaffView } from "../../live/store";
import { Permitted } from "../../ui/button";
import type { IconName } from "../../ui/icon";
import { Problem } from "../../ui/states";
import { HandBackDialog } from "./dialogs/hand-back";
import { NoteDialog } from "./dialogs/note";
import { RequeueDialog } from "./dialogs/requeue";
import { ResolveDialog } from "./dialogs/resolve";
import { TakeDialog } from "./dialogs/take";
import { TransferDialog } from "./dialogs/transfer";

type Asked = "transfer" | "requeue" | "hand_back" | "resolve" | "take";
type Direct = "take" | "end_review" | "clear_flag";

const ASKED: readonly { action: Asked; icon: IconName }[] = [
  { action: "transfer", icon: "team" },
  { action: "requeue", icon: "queue" },
  { action: "hand_back", icon: "assistant" },
  { action: "resolve", icon: "check" },
];

type ActionsProps = { view: StaffView; isNoting: boolean; onNoting: (is: boolean) => void };

export function Actions({ view, isNoting, onNoting }: ActionsProps) {
  const { t } = useTranslation();
  const store = useLiveStore();
  const [open, setOpen] = useState<Asked | null>(null);
  const { isBusy, error, run } = useAction();
  const { state, conversation } = view;
  const may = (action: string) => state?.allowed[action]?.ok === true;
  useKeys({
    t: () => {
      if (may("take") && !isBusy) take();
    },
    e: () => {
      if (may("resolve")) setOpen("resolve");
    },
  });
  const take = () => {
    if (state?.floor.holder === "agent") setOpen("take");
    else void direct("take");
  };
  if (state === null) return null;
  const { allowed } = state;
  const calls: Record<Direct, () => Promise<unknown>> = {
    take: () => api.take(conversation, state.epoch),
    end_review: () => api.endReview(conversation),
    clear_flag: () => api.clearFlag(conversation),
  };
  const direct = (action: Direct) =>
    run(async () => {
      await calls[action]();
      await store.refresh(conversation);
    });
  // These belong to a situation, not to every conversation: they show when they apply.
  const shown: readonly { action: Direct; icon: IconName; when: boolean }[] = [
    { action: "take", icon: "seam", when: state.floor.holder !== "agent" || hasOther(view) },
    { action: "end_review", icon: "drafts", when: state.floor.holder === "review" },
    { action: "clear_flag", icon: "flag", when: state.is_flagged },
  ];
  const close = () => setOpen(null);
  return (
    <div className="actions" role="toolbar" aria-label={t("actions.name")}>
      {shown
        .filter(({ when }) => when)
        .map(({ action, icon }) => (
          <Permitted
            key={action}
            allowed={allowed}
            action={action}
            icon={icon}
            floor={state.floor}
            disabled={isBusy}
            onClick={() => (action === "take" ? take() : void direct(action))}
          >
            {t(`actions.${action}`)}
          </Permitted>
        ))}
      <Permitted
        allowed={allowed}
        action="note"
        floor={state.floor}
        icon="note"
        onClick={() => onNoting(true)}
      >
        {t("actions.note")}
      </Permitted>
      {ASKED.map(({ action, icon }) => (
        <Permitted
          key={action}
          allowed={allowed}
          action={action}
          floor={state.floor}
          icon={icon}
          onClick={() => setOpen(action)}
        >
          {t(`actions.${action}`)}
        </Permitted>
      ))}
      <Problem error={error} />
      {isNoting && <NoteDialog view={view} onClose={() => onNoting(false)} />}
      {open === "take" && <TakeDialog view={view} onClose={close} />}
      {open === "transfer" && <TransferDialog view={view} onClose={close} />}
      {open === "requeue" && <RequeueDialog view={view} onClose={close} />}
      {open === "hand_back" && <HandBackDialog view={view} onClose={close} />}
      {open === "resolve" && <ResolveDialog view={view} onClose={close} />}
    </div>
  );
}

/** Somebody else has the floor; whether it may be taken is the server's answer. */
function hasOther(view: StaffView): boolean {
  return view.state?.allowed.take?.ok === true;
}
