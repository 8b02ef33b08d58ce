/**
 * Compares two runs. Pairs errors by signature and nodes by name; one without a partner stands
 * alone.
 */
import type { Comparison, RulePack, Signature } from '../../contract/analysis.ts';
import { emptyFilter } from '../../contract/empty-filter.ts';
import type { RunInfo } from '../../contract/run-info.ts';
import { matchTemplates } from '../base/drain.ts';
import type { ReadableDb } from '../store/open.ts';
import { inits } from './inits.ts';
import { ledger } from './ledger.ts';
import type { LineText } from './refs.ts';
import { runInfo } from './run-info.ts';
import { signatures } from './signatures.ts';
import { stragglers } from './stragglers.ts';

/** One of the two cases. */
export interface Side {
  db: ReadableDb;
  lineText: LineText;
}

/** Counts that differ by less than this share count as equal. */
const SAME_SHARE = 0.1;
/** Settings that differ in every run and mean nothing. */
const IDLE_SETTINGS = new Set(['runId', 'run_id']);

/** Compares run `a` (before) with run `b` (after). */
export function compareRuns(a: Side, b: Side, packs: readonly RulePack[]): Comparison {
  const infoA = runInfo(a.db, a.lineText);
  const infoB = runInfo(b.db, b.lineText);
  return {
    a: infoA,
    b: infoB,
    settings: compareSettings(infoA, infoB),
    figures: compareFigures(a, b, infoA, infoB),
    signatures: compareSignatures(
      signatures(a.db, { filter: emptyFilter }, a.lineText, packs),
      signatures(b.db, { filter: emptyFilter }, b.lineText, packs),
    ),
    nodes: pairNodes(stragglers(a.db, { filter: emptyFilter }).nodes, stragglers(b.db, { filter: emptyFilter }).nodes),
  };
}

function compareSettings(a: RunInfo, b: RunInfo): Comparison['settings'] {
  const names = [...new Set([...Object.keys(a.settings), ...Object.keys(b.settings)])].sort();
  const of = ({ settings }: RunInfo, name: string) => (Object.hasOwn(settings, name) ? (settings[name] ?? null) : null);
  return names
    .filter((name) => !IDLE_SETTINGS.has(name) && of(a, name) !== of(b, name))
    .map((name) => ({ name, a: of(a, name), b: of(b, name) }));
}

function compareFigures(a: Side, b: Side, infoA: RunInfo, infoB: RunInfo): Comparison['figures'] {
  const of = (
    side: Side,
    info: RunInfo,
  ): [string, number | null, string, Comparison['figures'][number]['better']][] => {
    const slow = stragglers(side.db, { filter: emptyFilter });
    const books = ledger(side.db);
    const seconds = info.durationSeconds;
    const perHour = (count: number | null) =>
      count === null || seconds === null || seconds <= 0 ? null : Math.round((count / seconds) * 3600);
    return [
      ['duration', seconds, 's', 'less'],
      ['nodes', info.nodes.length, '', null],
      ['processes', info.processes, '', null],
      ['mini-batches', info.miniBatches.total, '', null],
      ['mini-batches processed', info.miniBatches.processed, '', 'more'],
      ['mini-batches failed', info.miniBatches.failed, '', 'less'],
      ['mini-batches retried', info.miniBatches.retried, '', 'less'],
      ['items failed', info.items.failed, '', 'less'],
      ['mini-batches an hour', perHour(info.miniBatches.processed), '/h', 'more'],
      ['items an hour', perHour(info.items.succeeded), '/h', 'more'],
      ['median attempt', slow.medianSeconds, 's', 'less'],
      ['slow attempts', slow.slowCount, '', 'less'],
      ['median init', inits(side.db).medianSeconds, 's', 'less'],
      ['worker-seconds held', books.heldSeconds, 's', 'less'],
      ['worker-seconds busy', books.busySeconds, 's', null],
      ['node-hours', books.nodeHours, 'h', 'less'],
      ['process time over elapsed', books.processShare, '', 'more'],
    ];
  };
  const right = of(b, infoB);
  return of(a, infoA).map(([name, value, unit, better], index) => ({
    name,
    a: value,
    b: right[index]?.[1] ?? null,
    unit,
    better,
  }));
}

/**
 * Pairs signatures by id, then the rest by chain and by templates that differ only in variable
 * parts.
 */
export function compareSignatures(a: readonly Signature[], b: readonly Signature[]): Comparison['signatures'] {
  const result: Comparison['signatures'] = { new: [], gone: [], more: [], fewer: [], same: [] };
  const left = new Set(a);
  for (const after of b) {
    const before =
      a.find((one) => left.has(one) && one.id === after.id) ?? a.find((one) => left.has(one) && isAlike(one, after));
    if (before === undefined) {
      result.new.push(after);
      continue;
    }
    left.delete(before);
    const pair = { a: before, b: after };
    if (after.occurrences > before.occurrences * (1 + SAME_SHARE)) result.more.push(pair);
    else if (after.occurrences < before.occurrences * (1 - SAME_SHARE)) result.fewer.push(pair);
    else result.same.push(pair);
  }
  result.gone = a.filter((one) => left.has(one));
  return result;
}

function isAlike(a: Signature, b: Signature): boolean {
  return (
    a.groupedBy === 'template' &&
    b.groupedBy === 'template' &&
    a.chain.join() === b.chain.join() &&
    matchTemplates(a.template, b.template)
  );
}

/**
 * Pairs nodes by name, those that slowed down most first. A node of only one run has no median in
 * the other.
 */
function pairNodes(
  a: readonly { node: string; medianSeconds: number }[],
  b: readonly { node: string; medianSeconds: number }[],
): Comparison['nodes'] {
  const before = new Map(a.map(({ node, medianSeconds }) => [node, medianSeconds]));
  const after = new Map(b.map(({ node, medianSeconds }) => [node, medianSeconds]));
  const ratio = ({ medianA, medianB }: { medianA: number | null; medianB: number | null }) =>
    medianA === null || medianB === null || medianA <= 0 ? Number.NEGATIVE_INFINITY : medianB / medianA;
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((node) => ({
      a: before.has(node) ? node : null,
      b: after.has(node) ? node : null,
      medianA: before.get(node) ?? null,
      medianB: after.get(node) ?? null,
    }))
    .sort(
      (x, y) =>
        ratio(y) - ratio(x) ||
        Math.max(y.medianA ?? 0, y.medianB ?? 0) - Math.max(x.medianA ?? 0, x.medianB ?? 0) ||
        (x.a ?? x.b ?? '').localeCompare(y.a ?? y.b ?? '', 'en', { numeric: true }),
    )
    .map((pair, index) => ({ rank: index + 1, ...pair }));
}
