// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholder is what is looked for
import { describe, expect, it } from 'vitest';
import { type Area, areas, stringsIn, stringsOf, type VisibleString } from './strings.ts';
import { barePlural, offTerms, pluralIsRight } from './vocabulary.ts';

const faultsOf = (strings: readonly VisibleString[]) =>
  strings.flatMap(({ file, line, text }) => [
    ...offTerms
      .filter(({ pattern }) => pattern.test(text))
      .map(({ instead }) => `${file}:${line}: “${text}”: say ${instead}`),
    ...(barePlural.test(text) && !pluralIsRight.test(text) ? [`${file}:${line}: “${text}”: use formatCount`] : []),
  ]);

describe('the catalogue of strings', () => {
  it('has literals, templates and text between tags, and no comment', () => {
    const source = "// not this one\nconst a = 'Two words here';\nconst b = `${n} files left`;\n<b>Text in a tag</b>";
    expect(stringsIn('x.tsx', source)).toEqual([
      { file: 'x.tsx', line: 2, text: 'Two words here' },
      { file: 'x.tsx', line: 3, text: '${…} files left' },
      { file: 'x.tsx', line: 4, text: 'Text in a tag' },
    ]);
  });
  it('knows a wrong plural and a wrong term', () => {
    const of = (text: string) => faultsOf([{ file: 'x', line: 1, text }]);
    expect(of('${…} files left')).toHaveLength(1);
    expect(of('Lift all filters')).toHaveLength(1);
    expect(of('${…} of ${…} files')).toEqual([]);
  });
  for (const area of Object.keys(areas) as Area[]) {
    it(`uses one term for a notion, and right plurals: ${area}`, () => {
      const strings = stringsOf(area);
      expect(strings.length).toBeGreaterThan(50);
      expect(faultsOf(strings)).toEqual([]);
    });
  }
});
