import { expect, test } from 'vitest';
import type { MissingEvidence } from '../../../electron/contract/analysis.ts';
import { clockSummary, groupMissing } from './missing-groups.ts';

const missing = (kind: MissingEvidence['kind'], node: string): MissingEvidence => ({
  kind,
  message: `${kind} of ${node}`,
  have: null,
  expected: null,
  nodes: [node],
  evidence: [],
});
const clocks = ['a', 'b', 'c', 'd'].map((node) => missing('clock', node));

test('many of a kind are one group, few stand for themselves', () => {
  const groups = groupMissing([missing('ends', 'a'), ...clocks, missing('gap', 'a'), missing('gap', 'b')]);
  expect(groups.map((group) => [group[0]?.kind, group.length])).toEqual([
    ['ends', 1],
    ['clock', 4],
    ['gap', 1],
    ['gap', 1],
  ]);
});

test('clocks are told by how far they are off, ahead or behind', () => {
  const offsets = [7.4, -8.4, 2.7, -3].map((offsetSeconds, at) => ({
    node: 'abcd'.charAt(at),
    offsetSeconds,
    pairs: 9,
  }));
  const told = clockSummary([...offsets, { node: 'master', offsetSeconds: 99, pairs: 1 }], clocks);
  expect(told).toContain('4 nodes');
  expect(told).toContain('by 2.7 s to 8.4 s');
  expect(clockSummary([], clocks)).toBe('');
});
