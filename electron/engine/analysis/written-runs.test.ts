/** The verdict on small runs of every kind, whole and with files taken away. */
import { describe, expect, test } from 'vitest';
import { emptyFilter } from '../../contract/filter.ts';
import type { RunInfo } from '../../contract/records.ts';
import { builtInPack } from './rules.ts';
import { signatures } from './signatures.ts';
import { judgeSmallRun, type SmallRun } from './testing/small-run.ts';
import { type WrittenRun, writtenRuns } from './testing/written-runs.ts';

function textsOf(info: RunInfo): string[] {
  return [...(info.firstCause?.evidence ?? []), ...info.startHere].map((ref) => ref.text);
}

describe.each(writtenRuns)('$name', (run: WrittenRun) => {
  test('is judged as a careful person would', () => {
    const { info, db, lineText } = judgeSmallRun(run.files);
    const cause = info.firstCause;
    expect({ status: info.status, cause: cause?.kind ?? null }).toEqual({
      status: run.status,
      cause: run.cause.includes(cause?.kind ?? null) ? (cause?.kind ?? null) : run.cause,
    });
    if (run.node !== undefined) expect(cause?.node).toBe(run.node);
    if (run.says !== undefined) expect(cause?.message).toMatch(run.says);
    if (run.never !== undefined) expect(cause?.message).not.toMatch(run.never);
    if (run.frame !== undefined) expect(cause?.frame?.file).toBe(run.frame);
    const { shows } = run;
    if (shows !== undefined) expect(textsOf(info).some((text) => text.includes(shows))).toBe(true);
    if (run.finding !== undefined) expect(info.findings.map((each) => each.message).join('\n')).toMatch(run.finding);
    const decided = info.testimony.filter((told) => told.decided);
    expect(decided.map((told) => told.claims)).toEqual(info.status === 'unknown' ? [] : [info.status]);
    // What leads the list of errors is what the cause is read from.
    const [first] = signatures(db, { filter: emptyFilter }, lineText, [builtInPack]);
    if (cause?.exception != null && first !== undefined) {
      const text = `${first.chain.join(' ')} ${first.template} ${first.example.text}`;
      expect(text).toContain(cause.exception.class);
    }
    db.close();
  });

  test('is never blamed on something else when files are missing', () => {
    const paths = Object.keys(run.files);
    const reduced = [
      ...paths.map((gone) => paths.filter((path) => path !== gone)),
      ...paths.map((only) => [only]),
    ].filter((kept) => kept.length > 0 && kept.length < paths.length);
    for (const kept of reduced) {
      const files: SmallRun = Object.fromEntries(kept.map((path) => [path, run.files[path] ?? '']));
      const { info, db } = judgeSmallRun(files);
      const right = [...run.cause, 'unknown', null];
      expect({ kept, cause: info.firstCause?.kind ?? null }).toEqual({
        kept,
        cause: right.includes(info.firstCause?.kind ?? null) ? (info.firstCause?.kind ?? null) : right,
      });
      db.close();
    }
  });
});
