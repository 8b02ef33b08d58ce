/** Tests the verdict on small runs of every kind, whole and with files removed. */
import { describe, expect, test } from 'vitest';
import type { RunInfo } from '../../contract/run-info.ts';
import { inconsistencies } from './testing/consistency.ts';
import { forumRuns } from './testing/forum-runs.ts';
import { forumWorkRuns } from './testing/forum-work-runs.ts';
import { leadingErrorMiss } from './testing/leading-error.ts';
import { reportedRuns } from './testing/reported-runs.ts';
import { judgeSmallRun, type SmallRun } from './testing/small-run.ts';
import type { WrittenRun } from './testing/written-run.ts';
import { writtenRuns } from './testing/written-runs.ts';

/** Returns what differs from a careful person's conclusion; empty if nothing does. */
function misses(run: WrittenRun, info: RunInfo): string[] {
  const cause = info.firstCause;
  const shown = [...(cause?.evidence ?? []), ...info.startHere].map((ref) => ref.text);
  const said = info.findings.map((each) => each.message).join('\n');
  const isOneOf = (right: unknown, got: unknown) => (Array.isArray(right) ? right.includes(got) : right === got);
  const matches = (pattern: RegExp, text: string | null | undefined) => pattern.test(text ?? '');
  const checks: [name: string, isRight: boolean, got: unknown][] = [
    ['status', isOneOf(run.status, info.status), info.status],
    ['cause', isOneOf(run.cause, cause?.kind ?? null), cause?.kind],
    ['confidence', run.confidence === undefined || isOneOf(run.confidence, cause?.confidence), cause?.confidence],
    ['node', run.node === undefined || run.node === cause?.node, cause?.node],
    ['says', run.says === undefined || matches(run.says, cause?.message), cause?.message],
    ['never', run.never === undefined || !matches(run.never, cause?.message), cause?.message],
    ['exception', run.exception === undefined || run.exception === cause?.exception?.class, cause?.exception?.class],
    ['frame', run.frame === undefined || run.frame === cause?.frame?.file, cause?.frame?.file],
    ['method', run.method === undefined || run.method === cause?.frame?.function, cause?.frame?.function],
    ['code', run.code === undefined || run.code === cause?.frame?.code, cause?.frame?.code],
    ['next', run.next === undefined || matches(run.next, cause?.nextStep), cause?.nextStep],
    ['finding', run.finding === undefined || matches(run.finding, said), said],
    ['no finding', run.noFinding === undefined || !matches(run.noFinding, said), said],
    ['is healthy', run.isHealthy !== true || info.findings.every((each) => each.isObservation), said],
    ['shows', run.shows === undefined || shown.some((text) => text.includes(run.shows ?? '')), shown],
    ['processes', run.processes === undefined || run.processes === info.processes, info.processes],
  ];
  return checks.filter(([, isRight]) => !isRight).map(([name, , got]) => `${name}: ${JSON.stringify(got)}`);
}

/**
 * Returns the run without each file, with each file alone, without all logs of one kind, and
 * without lines at DEBUG.
 */
function reductions(files: SmallRun): SmallRun[] {
  const paths = Object.keys(files);
  const of = (test: (path: string) => boolean): SmallRun =>
    Object.fromEntries(Object.entries(files).filter(([path]) => test(path)));
  const kinds = [/\/sys\/(?:worker|node)\//, /\/sys\/master/, /\/user\//, /\/error/, /(?:driver_log|std_log)/];
  const quiet = Object.entries(files).map(([path, text]) => [path, text.replace(/^.*\|DEBUG\|.*\n/gm, '')]);
  return [
    ...paths.flatMap((each) => [of((path) => path !== each), of((path) => path === each)]),
    ...kinds.map((kind) => of((path) => !kind.test(path))),
    Object.fromEntries(quiet) as SmallRun,
  ].filter((one) => Object.keys(one).length > 0);
}

describe.each([...writtenRuns, ...reportedRuns, ...forumRuns, ...forumWorkRuns])('$name', (run: WrittenRun) => {
  test('is judged as a careful person would', () => {
    const { info, db, lineText } = judgeSmallRun(run.files);
    expect(misses(run, info)).toEqual([]);
    const decided = info.testimony.filter((told) => told.decided);
    const hasEnd = decided.length > 0;
    expect(decided.map((told) => told.claims)).toEqual(hasEnd ? [info.status] : []);
    expect(hasEnd || info.status === 'unknown' || info.status === 'running').toBe(true);
    expect(leadingErrorMiss(db, info, lineText)).toBeNull();
    expect(inconsistencies(info)).toEqual([]);
    db.close();
  });

  test('is never blamed on something else when files are missing', () => {
    for (const files of reductions(run.files)) {
      const kept = Object.keys(files);
      const { info, db } = judgeSmallRun(files);
      const right = [...run.cause, ...(run.weaker ?? []), 'unknown', null];
      expect({ kept, cause: info.firstCause?.kind ?? null }).toEqual({
        kept,
        cause: right.includes(info.firstCause?.kind ?? null) ? (info.firstCause?.kind ?? null) : right,
      });
      db.close();
    }
  });
});
