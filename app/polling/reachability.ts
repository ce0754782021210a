/** Knows whether anything beyond this computer answers at all: where nothing does, it is the network and not the gateways. */
export interface Reachability {
  /** Notes how a poll of a source ended; true when it is the first answer after none could be reached. */
  note(id: string, isReached: boolean): boolean;
  forget(id: string): void;
  /** How many sources there are that could not be reached, while no other could; 0 as soon as one answers. */
  unreachableTogether(): number;
}

export function createReachability(): Reachability {
  const unreached = new Set<string>();
  const reached = new Set<string>();
  return {
    note(id, isReached) {
      const isBack = isReached && reached.size === 0 && unreached.size > 0;
      (isReached ? unreached : reached).delete(id);
      (isReached ? reached : unreached).add(id);
      return isBack;
    },
    forget(id) {
      reached.delete(id);
      unreached.delete(id);
    },
    unreachableTogether: () => (reached.size === 0 ? unreached.size : 0),
  };
}
