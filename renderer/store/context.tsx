import { createContext, type ReactNode, use, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { AppState } from "../../app/contract/contract.ts";
import type { AppStore, AppStoreState } from "./app-store.ts";
import { createMinuteClock } from "./minute-clock.ts";

const StoreContext = createContext<AppStore | null>(null);

export function StoreProvider({ store, children }: { store: AppStore; children: ReactNode }) {
  return <StoreContext value={store}>{children}</StoreContext>;
}

/** The store itself, for its actions. */
export function useAppStore(): AppStore {
  const store = use(StoreContext);
  if (store === null) throw new Error("StoreProvider is missing");
  return store;
}

/** A part of what the page knows; re-renders only when that part changes. */
export function usePage<T>(select: (state: AppStoreState) => T): T {
  return useStore(useAppStore(), select);
}

/** A part of the host's state, for components that are only shown once there is one. */
export function useApp<T>(select: (app: AppState) => T): T {
  return usePage((state) => {
    if (state.app === null) throw new Error("shown before the host's state is known");
    return select(state.app);
  });
}

const clock = createMinuteClock(document);

/** The time as of the last full minute; re-renders with it. */
export function useNow(): number {
  return useSyncExternalStore(clock.subscribe, clock.now);
}
