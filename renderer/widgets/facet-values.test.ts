import { expect, test } from 'vitest';
import { foundOptions } from './facet-values.ts';

const options = ['Alpha', 'beta', 'Überlauf'].map((value) => ({ value, label: value, count: 1 }));
const values = { options, include: [], exclude: [] };
const labels = (found: { label: string }[]) => found.map(({ label }) => label);

test('a text finds the options that contain it, whatever its case and the spaces around it', () => {
  expect(labels(foundOptions(values, ''))).toEqual(['Alpha', 'beta', 'Überlauf']);
  expect(labels(foundOptions(values, ' ALPH '))).toEqual(['Alpha']);
  expect(foundOptions(values, 'gamma')).toEqual([]);
});

test('chosen values come first, also those that no option has', () => {
  const chosen = { ...values, include: ['beta', 'gone'], exclude: ['gone', 'Überlauf'] };
  expect(labels(foundOptions(chosen, ''))).toEqual(['gone', 'beta', 'Überlauf', 'Alpha']);
  expect(labels(foundOptions(chosen, 'a'))).toEqual(['beta', 'Überlauf', 'Alpha']);
});

test('a typed value that is not among the options can be chosen', () => {
  const parse = (text: string) => (/^\d+$/.test(text) ? Number(text) : null);
  const numbers = { options: [{ value: 7, label: '7' }], include: [], exclude: [], parse };
  expect(foundOptions(numbers, ' 70 ')).toEqual([{ value: 70, label: '70' }]);
  expect(foundOptions(numbers, '7')).toEqual([{ value: 7, label: '7' }]);
  expect(foundOptions(numbers, 'x')).toEqual([]);
  expect(foundOptions(numbers, '')).toEqual(numbers.options);
});
