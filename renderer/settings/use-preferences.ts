import { startTransition, useOptimistic } from "react";
import type { Preferences } from "../../app/settings/schema.ts";
import { useApp, useAppStore } from "../store/context.tsx";

/**
 * The preferences and how to change them. A change shows at once and is taken back when the host does not accept it,
 * so that no control jumps back and forth while the answer is under way.
 */
export function usePreferences(): readonly [Preferences, (change: Partial<Preferences>) => void] {
  const { run } = useAppStore();
  const saved = useApp((app) => app.preferences);
  const [preferences, show] = useOptimistic(saved, (now, change: Partial<Preferences>) => ({ ...now, ...change }));
  const set = (change: Partial<Preferences>) =>
    startTransition(async () => {
      show(change);
      await run("preferences.set", change);
    });
  return [preferences, set];
}
