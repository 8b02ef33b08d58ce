import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyFilter } from '../../electron/contract/empty-filter.ts';
import { facetRow } from '../../electron/contract/facets.ts';
import {
  activeParts,
  type Facet,
  type Filter,
  facets,
  noFilter,
  onlyFacetValue,
  toggleFacetValue,
  withoutPart,
} from './filter.ts';
import { decodePlace, defaultPlace, encodePlace, noSelection, optionNames, type Place } from './location.ts';

describe('the place as a hash', () => {
  it('is short and readable', () => {
    const place: Place = {
      ...defaultPlace,
      view: 'logs',
      filter: {
        ...noFilter,
        query: 'time out',
        node: { include: ['10.0.0.4'], exclude: ['a,b'] },
        minLevel: 'warning',
        firstLines: true,
      },
      selection: { ...noSelection, line: { fileId: 12, line: 345 }, detail: 'line' },
    };
    expect(encodePlace(place)).toBe(
      '#/logs?q=time+out&node=10.0.0.4&node!=a%2Cb&level=warning&first=1&line=12:345&detail=line',
    );
    expect(encodePlace(defaultPlace)).toBe('#/overview');
  });

  it('comes back the same, whatever is in it', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((s) => s.isWellFormed());
    const word = text.filter((s) => s !== '');
    const words = fc.array(word, { maxLength: 3 });
    const us = fc.option(fc.integer({ min: 0, max: 2 ** 53 - 1 }));
    const valuesOf = (facet: Facet): fc.Arbitrary<(string | number)[]> => {
      const { values } = facetRow(facet);
      if (values === 'number') return fc.array(fc.nat(), { maxLength: 3 });
      return typeof values === 'string' ? words : fc.subarray([...values]);
    };
    const facetFilters = fc.record(
      Object.fromEntries(
        facets.map((facet) => [facet, fc.record({ include: valuesOf(facet), exclude: valuesOf(facet) })]),
      ),
    ) as unknown as fc.Arbitrary<Pick<Filter, Facet>>;
    const rest = fc.record({
      query: text,
      mode: fc.constantFrom('words' as const, 'fixed' as const, 'regex' as const),
      matchCase: fc.constantFrom('smart' as const, 'yes' as const, 'no' as const),
      firstLines: fc.boolean(),
      minLevel: fc.option(fc.constantFrom('debug' as const, 'critical' as const)),
      fromUs: us,
      toUs: us,
      clock: fc.constant(noFilter.clock),
    });
    const place: fc.Arbitrary<Place> = fc.record({
      view: word.filter((s) => !/^\//.test(s)),
      source: fc.option(word),
      root: fc.option(word),
      filter: fc.tuple(facetFilters, rest).map(([named, others]) => ({ ...named, ...others })),
      selection: fc.record({
        timeUs: us,
        line: fc.option(fc.record({ fileId: fc.nat(), line: fc.integer({ min: 1 }) })),
        miniBatchId: fc.option(word),
        process: fc.option(fc.record({ node: word, pid: fc.option(fc.nat()), process: fc.option(word) })),
        node: fc.option(word),
        error: fc.option(word),
        detail: fc.option(fc.constantFrom('line' as const, 'miniBatch' as const)),
      }),
      order: fc.constantFrom('time' as const, 'file' as const),
      wrap: fc.boolean(),
      zone: fc.constantFrom('utc' as const, 'local' as const),
      clock: fc.constantFrom('aligned' as const, 'written' as const),
      drawer: fc.boolean(),
      options: fc.dictionary(fc.constantFrom(...optionNames), word),
    });
    fc.assert(
      fc.property(place, (each) => {
        expect(decodePlace(encodePlace(each))).toEqual(each);
      }),
      { numRuns: 500 },
    );
  });

  it('opens something for whatever text', () => {
    fc.assert(
      fc.property(fc.string(), (hash) => {
        expect(decodePlace(hash).filter.pid.include).toBeInstanceOf(Array);
      }),
    );
    expect(decodePlace('#/logs?q=%E0%A4&line=x&pid=a,3&level=loud&from=')).toEqual({
      ...defaultPlace,
      view: 'logs',
      filter: { ...noFilter, query: '%E0%A4', pid: { include: [3], exclude: [] } },
    });
  });
});

describe('the filter', () => {
  it('starts as the contract says', () => expect(noFilter).toEqual(emptyFilter));
  it('keeps a value on one side only, and lifts it the second time', () => {
    const only = toggleFacetValue(noFilter, 'pid', 3, 'include');
    expect(only.pid).toEqual({ include: [3], exclude: [] });
    expect(toggleFacetValue(only, 'pid', 3, 'exclude').pid).toEqual({ include: [], exclude: [3] });
    expect(toggleFacetValue(only, 'pid', 3, 'include')).toEqual(noFilter);
    expect(onlyFacetValue(only, 'pid', 4).pid).toEqual({ include: [4], exclude: [] });
  });
  it('names its active parts and lifts each', () => {
    const filter = { ...onlyFacetValue(noFilter, 'node', 'a'), query: 'x', toUs: 3 };
    expect(activeParts(filter)).toEqual(['query', 'node', 'time']);
    expect(activeParts(filter).reduce(withoutPart, filter)).toEqual(noFilter);
  });
});
