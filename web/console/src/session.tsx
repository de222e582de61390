/** Who is signed in. `undefined` while nobody knows yet, `null` when nobody is. */
import { ApiError, type Me } from "@segue/client";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { api } from "./api";

export type Session =
  | { status: "loading" }
  | { status: "failed"; error: unknown }
  | { status: "out" }
  | { status: "in"; me: Me };

type SessionValue = {
  session: Session;
  setMe: (me: Me) => void;
  signOut: () => Promise<void>;
  /** The server no longer knows the session. */
  lose: () => void;
  reload: () => void;
};

const SessionContext = createContext<SessionValue | null>(null);

export function SessionProvider({ children, initial }: { children: ReactNode; initial?: Session }) {
  const [session, setSession] = useState<Session>(initial ?? { status: "loading" });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `round` asks again after a failure
  useEffect(() => {
    if (initial !== undefined) return;
    let isCurrent = true;
    api.me().then(
      (me) => isCurrent && setSession({ status: "in", me }),
      (error: unknown) => {
        if (!isCurrent) return;
        const isOut = error instanceof ApiError && error.status === 401;
        setSession(isOut ? { status: "out" } : { status: "failed", error });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [initial, round]);
  const value = useMemo<SessionValue>(
    () => ({
      session,
      setMe: (me) => setSession({ status: "in", me }),
      signOut: async () => {
        await api.signOut().catch(() => undefined);
        setSession({ status: "out" });
      },
      lose: () => setSession({ status: "out" }),
      reload: () => {
        setSession({ status: "loading" });
        setRound((n) => n + 1);
      },
    }),
    [session],
  );
  return <SessionContext value={value}>{children}</SessionContext>;
}

export function useSession(): SessionValue {
  const value = useContext(SessionContext);
  if (value === null) throw new Error("useSession is used outside of SessionProvider");
  return value;
}

/** The signed-in person; only below the shell. */
export function useMe(): Me {
  const { session } = useSession();
  if (session.status !== "in") throw new Error("useMe is used while nobody is signed in");
  return session.me;
}
