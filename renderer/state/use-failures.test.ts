import { describe, expect, it } from 'vitest';
import { noFilter } from './filter.ts';
import { backgroundFilter, failureFilter } from './use-failures.ts';

describe('backgroundFilter', () => {
  it('drops text and time, keeps what is typed as a filter', () => {
    expect(backgroundFilter({ ...noFilter, query: 'timeout', fromUs: 5, toUs: 9 })).toEqual(noFilter);
    expect(backgroundFilter({ ...noFilter, query: 'timeout -node:10.0.0.4' }).query).toBe('timeout -node:10.0.0.4');
    expect(backgroundFilter({ ...noFilter, query: 'node:1', mode: 'fixed' }).query).toBe('');
    expect(backgroundFilter({ ...noFilter, query: 'an episode:1' }).query).toBe('');
  });
});

describe('failureFilter', () => {
  it('is what the filter leaves of failures and timeouts', () => {
    expect(failureFilter(noFilter)?.outcome.include).toEqual(['failed', 'timed_out']);
    expect(failureFilter({ ...noFilter, outcome: { include: ['succeeded'], exclude: [] } })).toBeNull();
    const notFailed = { ...noFilter, outcome: { include: [], exclude: ['failed' as const] } };
    expect(failureFilter(notFailed)?.outcome.include).toEqual(['timed_out']);
  });
});
