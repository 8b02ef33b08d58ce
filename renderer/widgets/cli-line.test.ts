import { describe, expect, it } from 'vitest';
import { noFilter } from '../state/filter.ts';
import { cliLine, filterOptions, quote } from './cli-line.ts';

describe('a command line that gives the same', () => {
  it('names the source and the filter', () => {
    const filter = { ...noFilter, node: { include: ['10.0.0.4'], exclude: [] }, pid: { include: [7], exclude: [] } };
    expect(cliLine('postrun signatures PATH FILTER --json', '/tmp/my run', filter)).toBe(
      "postrun signatures '/tmp/my run' --node 10.0.0.4 --pid 7 --json",
    );
    expect(cliLine('postrun signatures PATH FILTER', '/tmp/run', noFilter)).toBe('postrun signatures /tmp/run');
  });
  it('quotes what a shell would read', () => {
    expect(quote("it's $HOME")).toBe(`'it'\\''s $HOME'`);
    expect(quote('10.0.0.4:80')).toBe('10.0.0.4:80');
  });
  it('writes times in UTC', () => {
    expect(filterOptions({ ...noFilter, fromUs: 0, toUs: 1_500_000 })).toBe(
      '--from 1970-01-01T00:00:00.000Z --to 1970-01-01T00:00:01.500Z',
    );
  });
});
