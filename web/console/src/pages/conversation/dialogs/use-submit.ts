import { useAction } from "../../../lib/hooks";
import { useLiveStore } from "../../../live/hooks";
import type { StaffView } from "../../../live/store";

export type ActionDialogProps = { view: StaffView; onClose: () => void };

/** Does it, fetches what happened when the line is away, and closes. */
export function useSubmit({ view, onClose }: ActionDialogProps) {
  const store = useLiveStore();
  const { isBusy, error, run } = useAction();
  const submit = async (action: () => Promise<unknown>) => {
    const isDone = await run(async () => {
      await action();
      await store.refresh(view.conversation);
    });
    if (isDone) onClose();
  };
  return { isBusy, error, submit };
}
