import { describe, expect, it } from 'vitest';
import type { Ledger, RerunItem, Stragglers } from '../../../electron/contract/analysis.ts';
import {
  distinctMarks,
  ledgerShares,
  rerunCsv,
  rerunIds,
  rerunJson,
  sliderScale,
  timeShares,
} from './findings-model.ts';

const time: Stragglers['time'] = { runMethod: 70, overhead: 5, idle: 15, busy: 85, retried: 7, failed: 3, total: 100 };
const stragglers = (change: Partial<Stragglers['time']>) => ({ time: { ...time, ...change } }) as Stragglers;

describe('time of the workers', () => {
  it('is split into what the logs tell', () => {
    expect(timeShares(stragglers({})).map((share) => [share.key, share.seconds])).toEqual([
      ['run', 70],
      ['overhead', 5],
      ['failures', 3],
      ['retries', 7],
      ['idle', 15],
    ]);
    const shares = timeShares(stragglers({ runMethod: null, overhead: null }));
    expect(shares.map((share) => [share.key, share.seconds])).toEqual([
      ['busy', 75],
      ['failures', 3],
      ['retries', 7],
      ['idle', 15],
    ]);
  });
  it('adds up to what was held', () => {
    const ledger: Ledger = {
      heldSeconds: 100,
      busySeconds: 80,
      idleSeconds: 12,
      startUpSeconds: 8,
      lostToRetriesSeconds: 0,
      lostToFailuresSeconds: 20,
      afterLastSuccessSeconds: 5,
      nodeHours: 1,
      processShare: null,
      perNode: [],
    };
    const shares = ledgerShares(ledger);
    expect(shares.map((share) => share.key)).toEqual(['useful', 'failures', 'start', 'idle']);
    expect(shares.reduce((sum, share) => sum + share.seconds, 0)).toBe(100);
  });
});

describe('what to run again', () => {
  const rows: RerunItem[] = [
    { miniBatchId: '8', status: 'failed', attempts: 3, reason: 'bad "n/a", row 3', inputs: '["a.png"]' },
    { miniBatchId: '9', status: 'unfinished', attempts: 0, reason: 'never picked up', inputs: null },
  ];
  it('is ids, CSV or JSON', () => {
    expect(rerunIds(rows)).toBe('8\n9');
    expect(rerunCsv(rows)).toBe(
      'miniBatchId,status,attempts,reason,inputs\r\n8,failed,3,"bad ""n/a"", row 3","[""a.png""]"\r\n9,unfinished,0,never picked up,\r\n',
    );
    expect(JSON.parse(rerunJson(rows))).toMatchObject([{ inputs: ['a.png'] }, { inputs: null }]);
    expect(JSON.parse(rerunJson([{ ...rows[0], inputs: 'a.png, b.png' } as RerunItem]))).toMatchObject([
      { inputs: 'a.png, b.png' },
    ]);
  });
});

describe('figures', () => {
  it('has one mark for what several logs say', () => {
    const mark = { kind: 'stop' as const, timeUs: 1, message: 'x', ref: null };
    expect(distinctMarks([mark, { ...mark }, { ...mark, timeUs: 2 }])).toHaveLength(2);
  });
  it('moves a slider over seconds and back', () => {
    const scale = sliderScale(1, 3600);
    expect(scale.secondsAt(0)).toBe(1);
    expect(scale.secondsAt(1000)).toBe(3600);
    expect(scale.secondsAt(scale.stepOf(60))).toBe(60);
    expect(sliderScale(5, 5).stepOf(5)).toBe(0);
  });
});
