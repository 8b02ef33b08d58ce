/** Tests that the names of each facet are unique and that each facet is a field of the filter. */
import { describe, expect, test } from 'vitest';
import { emptyFilter } from './empty-filter.ts';
import { facetOfWord, facetRow, facets, parseFacetValue, passesFacet } from './facets.ts';
import { filterSchema } from './filter.ts';

const isDistinct = (list: readonly string[]) => new Set(list).size === list.length;

describe('the table of facets', () => {
  test('names each facet once', () => {
    expect(isDistinct(facets.flatMap((facet) => facetRow(facet).words))).toBe(true);
    expect(isDistinct(facets.map((facet) => facetRow(facet).address))).toBe(true);
    expect(isDistinct(facets.map((facet) => facetRow(facet).option.flag))).toBe(true);
    for (const facet of facets) for (const word of facetRow(facet).words) expect(facetOfWord(word)).toBe(facet);
    expect(facetOfWord('level')).toBeNull();
  });

  test('makes a field of the filter of each, which refuses what is no value', () => {
    expect(filterSchema.parse({})).toEqual(emptyFilter);
    for (const facet of facets) expect(emptyFilter[facet]).toEqual({ include: [], exclude: [] });
    expect(filterSchema.safeParse({ kind: { include: ['user'] } }).success).toBe(true);
    expect(filterSchema.safeParse({ kind: { include: ['nonsense'] } }).success).toBe(false);
    expect(filterSchema.safeParse({ pid: { include: ['7'] } }).success).toBe(false);
  });

  test('reads values from text', () => {
    expect(parseFacetValue('pid', '17')).toBe(17);
    expect(parseFacetValue('pid', '-1')).toBeNull();
    expect(parseFacetValue('outcome', 'failed')).toBe('failed');
    expect(parseFacetValue('outcome', 'odd')).toBeNull();
    expect(parseFacetValue('node', '10.0.0.4')).toBe('10.0.0.4');
  });
});

test('a value passes where it is wanted and not excluded', () => {
  expect(passesFacet({ include: [], exclude: [] }, null)).toBe(true);
  expect(passesFacet({ include: ['a'], exclude: [] }, null)).toBe(false);
  expect(passesFacet({ include: ['a', 'b'], exclude: ['b'] }, 'b')).toBe(false);
  expect(passesFacet({ include: [], exclude: ['b'] }, 'a')).toBe(true);
});
