// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the tests read source text
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cataloguePath, catalogueText } from './catalogue.ts';
import { type Area, areas, stringsIn, stringsOf, type VisibleString } from './strings.ts';
import { barePlural, offTerms, pluralIsRight } from './vocabulary.ts';

const faultsOf = (strings: readonly VisibleString[]) =>
  strings.flatMap(({ file, line, text }) => [
    ...offTerms
      .filter(({ pattern }) => pattern.test(text))
      .map(({ instead }) => `${file}:${line}: “${text}”: say ${instead}`),
    ...(barePlural.test(text) && !pluralIsRight.test(text) ? [`${file}:${line}: “${text}”: use formatCount`] : []),
  ]);
const textsOf = (source: string) => stringsIn('x.tsx', source).map(({ text }) => text);

describe('the catalogue of strings', () => {
  it('has prose wherever it stands, with its line, and no comment', () => {
    const source = "// Not this one\nconst a = 'Two words here';\nconst b = `${n} files left`;";
    expect(stringsIn('x.ts', source)).toEqual([
      { file: 'x.ts', line: 2, text: 'Two words here' },
      { file: 'x.ts', line: 3, text: '{…} files left' },
    ]);
  });
  it('has what stands between tags as one string, and what is chosen within it', () => {
    expect(textsOf("<p>Took <b>{time}</b>{' '}{isSlow ? 'slow' : 'as usual'} on all nodes</p>")).toEqual([
      'Took {…} {…} on all nodes',
      'slow',
      'as usual',
    ]);
  });
  it('has names and labels of one word, and nothing that only the program reads', () => {
    expect(textsOf("<Card title='Lanes' className='card card--wide' kind='memory map' />")).toEqual(['Lanes']);
    expect(textsOf("const looks = { failed: { word: 'Failed', token: 'outcome failed' } };")).toEqual(['Failed']);
    expect(textsOf("if (kind === 'out of memory') run(db.prepare('SELECT a FROM b WHERE c IS NULL'));")).toEqual([]);
    expect(textsOf("import x from 'two words'; type A = 'three more words'; x('run.info');")).toEqual([]);
  });
  it('knows a wrong plural and a wrong term', () => {
    const of = (text: string) => faultsOf([{ file: 'x', line: 1, text }]);
    expect(of('{…} files left')).toHaveLength(1);
    expect(of('Lift all filters')).toHaveLength(1);
    expect(of('{…} of {…} files')).toEqual([]);
  });
  for (const area of Object.keys(areas) as Area[]) {
    it(`uses one term for a notion, and right plurals: ${area}`, () => {
      const strings = stringsOf(area);
      expect(strings.length).toBeGreaterThan(50);
      expect(faultsOf(strings)).toEqual([]);
    });
    it(`is up to date (node build/words/catalogue.ts writes it): ${area}`, () => {
      expect(readFileSync(cataloguePath(area), 'utf8')).toBe(catalogueText(area));
    });
  }
});
