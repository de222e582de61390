/** Short news in a live region; it goes away by itself, errors stay a little longer. */
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button";

type Tone = "news" | "error";
type Toast = { id: number; text: string; tone: Tone };

const SHOWN_MS: Record<Tone, number> = { news: 5000, error: 9000 };
const TOASTS_MAX = 3;

const ToastContext = createContext<(text: string, tone?: Tone) => void>(() => undefined);

export function useToast() {
  return useContext(ToastContext);
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const [toasts, setToasts] = useState<Toast[]>([]);
  const next = useRef(0);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());
  const drop = useCallback((id: number) => {
    setToasts((all) => all.filter((toast) => toast.id !== id));
  }, []);
  const show = useCallback(
    (text: string, tone: Tone = "news") => {
      next.current += 1;
      const id = next.current;
      setToasts((all) => [...all.slice(1 - TOASTS_MAX), { id, text, tone }]);
      timers.current.add(setTimeout(() => drop(id), SHOWN_MS[tone]));
    },
    [drop],
  );
  useEffect(() => {
    const all = timers.current;
    return () => all.forEach(clearTimeout);
  }, []);
  return (
    <ToastContext value={show}>
      {children}
      <section className="toasts" aria-live="polite" aria-label={t("common.news")}>
        {toasts.map((toast) => (
          <div key={toast.id} className={`toast ${toast.tone}`}>
            <p>{toast.text}</p>
            <IconButton name={t("common.dismiss")} icon="close" onClick={() => drop(toast.id)} />
          </div>
        ))}
      </section>
    </ToastContext>
  );
}
