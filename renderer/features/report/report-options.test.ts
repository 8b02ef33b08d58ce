import { describe, expect, test } from 'vitest';
import { reportOptionsSchema } from '../../../electron/contract/report.ts';
import {
  type Candidates,
  fileName,
  optionsOf,
  proposedPath,
  scopeOf,
  scopeOptions,
  withEnding,
} from './report-options.ts';
import { useReportState } from './report-state.ts';

const nothing: Candidates = { miniBatchId: null, node: null, signature: null, lines: [] };
const some: Candidates = {
  miniBatchId: '17',
  node: '10.0.0.4',
  signature: 'v1:a',
  lines: [{ file: 'a.txt', line: 3, note: 'here' }],
};

test('only what is there can be chosen; the rest says how to get it', () => {
  expect(scopeOptions(nothing).map(({ choice, isOn }) => [choice, isOn])).toEqual([
    ['run', true],
    ['batch', false],
    ['signature', false],
    ['node', false],
    ['lines', false],
  ]);
  expect(scopeOptions(some).every(({ isOn }) => isOn)).toBe(true);
  expect(scopeOf('batch', nothing)).toEqual({ kind: 'run' });
  expect(scopeOf('batch', some)).toEqual({ kind: 'batch', id: '17' });
  expect(scopeOf('signature', some)).toEqual({ kind: 'signature', id: 'v1:a' });
  expect(scopeOf('node', some)).toEqual({ kind: 'node', id: '10.0.0.4' });
  expect(scopeOf('lines', some)).toEqual({ kind: 'lines' });
});

test('the options are those of the contract, sections in its order', () => {
  const form = {
    ...useReportState.getState(),
    sections: ['missing' as const, 'verdict' as const],
    scope: 'lines' as const,
  };
  const options = reportOptionsSchema.parse(optionsOf(form, some));
  expect(options).toMatchObject({
    scope: { kind: 'lines' },
    sections: ['verdict', 'missing'],
    redaction: true,
    lines: some.lines,
  });
});

describe('names of files', () => {
  test.each([
    ['run-1', 'html', 'run-1-report.html'],
    ['défaut scoring: 7/8.zip', 'md', 'défaut-scoring-7-8-report.md'],
    ['../..', 'zip', 'run-report.zip'],
  ] as const)('%s', (name, format, expected) => {
    expect(fileName(name, format)).toBe(expected);
  });

  test('beside the logs, with the separators of their path', () => {
    expect(proposedPath('/d/logs.zip', 'r', 'html')).toBe('/d/r-report.html');
    expect(proposedPath('/d/logs/', 'r', 'md')).toBe('/d/r-report.md');
    expect(proposedPath('C:\\d\\logs.zip', 'r', 'zip')).toBe('C:\\d\\r-report.zip');
    expect(withEnding('/d/my.html', 'zip')).toBe('/d/my.zip');
    expect(withEnding('/d/my', 'zip')).toBe('/d/my');
  });
});
