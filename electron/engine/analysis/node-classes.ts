/**
 * Node classes: groups of names that are one node each, from the ties between names. Where the ties
 * contradict each other, nothing is merged.
 */
import { type Conflict, compareNodes } from './identity.ts';
import type { IsPossible, Tie } from './node-ties.ts';

/**
 * A tie by mini-batches beats another tie of the same name if it has this many times its
 * mini-batches. Few match by chance.
 */
const CLEARLY = 10;
/** A single shared pid may be two nodes that both used it. This many are no coincidence. */
const MIN_PIDS = 2;

export interface Merged {
  /** Groups of two or more names of one node. */
  classes: string[][];
  conflicts: Conflict[];
}

export function mergeNames(names: readonly string[], ties: readonly Tie[], isPossible: IsPossible): Merged {
  const strong = ties.filter((tie) => tie.lines + tie.batches > 0);
  const rivals = tiesByName(strong);
  const kept = strong.filter((tie) => !isChance(tie, rivals, isPossible));
  const tied = new Set(kept.flatMap(({ a, b }) => [a, b]));
  const weak = ties.filter((tie) => tie.pids >= MIN_PIDS && !tied.has(tie.a) && !tied.has(tie.b));
  const classes: string[][] = [];
  const conflicts: Conflict[] = [];
  const all = [...kept, ...weak];
  const tiesOf = tiesByName(all);
  for (const members of componentsOf(names, tiesOf)) {
    if (areOne(members, isPossible)) classes.push(members);
    else conflicts.push(conflictOf(members, all, tiesOf, isPossible));
  }
  return { classes, conflicts };
}

/** Returns the ties of each name, in order. */
function tiesByName(ties: readonly Tie[]): Map<string, Tie[]> {
  const found = new Map<string, Tie[]>();
  for (const tie of ties) {
    for (const name of [tie.a, tie.b]) {
      const own = found.get(name);
      if (own === undefined) found.set(name, [tie]);
      else own.push(tie);
    }
  }
  return found;
}

function otherEnd(tie: Tie, name: string): string | null {
  if (tie.a === name) return tie.b;
  return tie.b === name ? tie.a : null;
}

/**
 * Returns true if a tie rests on only a few mini-batches and one of its names has a far better tie
 * that excludes it.
 */
function isChance(tie: Tie, rivals: ReadonlyMap<string, Tie[]>, isPossible: IsPossible): boolean {
  if (tie.lines > 0) return false;
  return [tie.a, tie.b].some((name) => {
    const own = otherEnd(tie, name) ?? '';
    return (rivals.get(name) ?? []).some((rival) => {
      const other = rival === tie ? null : otherEnd(rival, name);
      return other !== null && !isPossible(own, other) && rival.batches >= CLEARLY * tie.batches;
    });
  });
}

export function areOne(members: readonly string[], isPossible: IsPossible): boolean {
  return members.length > 1 && members.every((a, i) => members.slice(i + 1).every((b) => isPossible(a, b)));
}

/** Returns groups of two or more names that ties connect. */
function componentsOf(names: readonly string[], tiesOf: ReadonlyMap<string, Tie[]>): string[][] {
  const left = new Set(names);
  const components: string[][] = [];
  for (const name of names) {
    if (!left.delete(name)) continue;
    const members = [name];
    for (let i = 0; i < members.length; i++) {
      const name = members[i] ?? '';
      for (const tie of tiesOf.get(name) ?? []) {
        const other = otherEnd(tie, name);
        if (other !== null && left.delete(other)) members.push(other);
      }
    }
    if (members.length > 1) components.push(members.sort(compareNodes));
  }
  return components;
}

/** Describes the first name with ties to two others that cannot be one node. */
function conflictOf(
  members: readonly string[],
  ties: readonly Tie[],
  tiesOf: ReadonlyMap<string, Tie[]>,
  isPossible: IsPossible,
): Conflict {
  for (const name of members) {
    const own = tiesOf.get(name) ?? [];
    for (const first of own) {
      for (const second of own) {
        const [x, y] = [otherEnd(first, name) ?? '', otherEnd(second, name) ?? ''];
        if (first === second || isPossible(x, y)) continue;
        return {
          message: `the logs disagree on which node ${name} is: ${x} (${reasonOf(first)}) or ${y} (${reasonOf(second)}); they are shown as separate nodes`,
          ref: second.ref ?? first.ref,
        };
      }
    }
  }
  const first = ties.find((tie) => members.includes(tie.a));
  return {
    message: `the logs disagree on which of ${members.join(', ')} are one node; they are shown as separate nodes`,
    ref: first?.ref ?? null,
  };
}

function reasonOf({ lines, batches, pids }: Tie): string {
  const parts = [
    lines > 0 ? `${lines} ${lines === 1 ? 'file names' : 'files name'} both` : '',
    batches > 0 ? `the same attempt at ${batches} ${batches === 1 ? 'mini-batch' : 'mini-batches'}` : '',
    lines + batches === 0 ? `${pids} pids in common` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
