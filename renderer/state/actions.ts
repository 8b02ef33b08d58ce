/**
 * An action is something that a key or a menu asks for by its id. Components claim the actions that
 * they answer while they are on the screen; `use-key-dispatch.ts` and the menus run them.
 */
import type { ActionId } from './keys.ts';

/** Returns false if there is nothing to do. Then the next claim or the browser may act. */
export type ActionRun = () => boolean | undefined;

/**
 * The claims of actions by what is on the screen. The latest claim wins, so that a dialog or a pane
 * goes before what lies below it.
 */
export interface Actions {
  claim(id: ActionId, run: ActionRun): () => void;
  isClaimed(id: ActionId): boolean;
  /** Returns true if a claim acted. */
  run(id: ActionId): boolean;
}

export function createActions(): Actions {
  const claims: { id: ActionId; run: ActionRun }[] = [];
  return {
    claim(id, run) {
      const mine = { id, run };
      claims.push(mine);
      return () => {
        const at = claims.indexOf(mine);
        if (at >= 0) claims.splice(at, 1);
      };
    },
    isClaimed: (id) => claims.some((claim) => claim.id === id),
    run: (id) => claims.toReversed().some((claim) => claim.id === id && claim.run() !== false),
  };
}
