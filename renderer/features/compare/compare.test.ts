import { describe, expect, it } from 'vitest';
import type { Comparison, Signature } from '../../../electron/contract/analysis.ts';
import { changeText, direction, distinctSettings, figureText, lastPart, signatureChanges } from './compare-model.ts';

describe('figures of two runs', () => {
  it('are written by their unit', () => {
    expect(figureText({ name: 'duration', unit: 's' }, 3862)).toBe('1 h 04 m');
    expect(figureText({ name: 'node-hours', unit: 'h' }, 0.156)).toBe('0.16 h');
    expect(figureText({ name: 'process time over elapsed', unit: '' }, 0.64)).toBe('64 %');
    expect(figureText({ name: 'nodes', unit: '' }, 1234)).toBe('1,234');
    expect(figureText({ name: 'nodes', unit: '' }, null)).toBe('–');
  });
  it('change by a share, or by a factor where it is much', () => {
    expect([changeText(100, 112), changeText(100, 40), changeText(10, 34), changeText(5, 5)]).toEqual([
      '+12 %',
      '−60 %',
      '× 3.4',
      'the same',
    ]);
    expect([changeText(0, 4), changeText(null, 4), changeText(100, 100.01)]).toEqual(['from 0', '', 'the same']);
    expect([direction(1, 2), direction(2, 1), direction(1, 1)]).toEqual(['▲', '▼', '']);
  });
  it('lists what is new before what is gone', () => {
    const one = (id: string) => ({ id }) as Signature;
    const signatures: Comparison['signatures'] = {
      new: [one('n')],
      gone: [one('g')],
      more: [{ a: one('m'), b: one('m') }],
      fewer: [],
      same: [{ a: one('s'), b: one('s') }],
    };
    expect(signatureChanges(signatures).map((each) => each.kind)).toEqual(['new', 'more', 'gone', 'same']);
  });
  it('names a setting once that is written in two spellings', () => {
    const both = { a: '10', b: '120' };
    const settings = [
      { name: 'errorThreshold', ...both },
      { name: 'error_threshold', ...both },
      { name: 'error_threshold', a: '10', b: null },
    ];
    expect(distinctSettings(settings).map((each) => each.b)).toEqual(['120', null]);
  });
  it('names a source by its last part', () => {
    expect([lastPart('/tmp/run/'), lastPart('C:\\logs\\run.zip')]).toEqual(['run', 'run.zip']);
  });
});
