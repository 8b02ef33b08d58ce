import { expect, it } from 'vitest';
import { distinctSettings } from './distinct-settings.ts';

it('keeps one of two spellings, and both where they disagree', () => {
  const settings = Object.entries({
    mini_batch_size: '10',
    miniBatchSize: '10',
    error_threshold: '5',
    errorThreshold: '6',
  });
  expect(distinctSettings(settings, (setting) => setting).map(([name]) => name)).toEqual([
    'mini_batch_size',
    'error_threshold',
    'errorThreshold',
  ]);
});

it('compares all values of a setting', () => {
  const settings = [
    { name: 'errorThreshold', a: '10', b: '120' },
    { name: 'error_threshold', a: '10', b: '120' },
    { name: 'error_threshold', a: '10', b: null },
  ];
  expect(distinctSettings(settings, ({ name, a, b }) => [name, a, b]).map((each) => each.b)).toEqual(['120', null]);
});
