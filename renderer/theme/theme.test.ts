import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split(':root[data-theme="dark"]');
const parse = (text: string) =>
  new Map([...text.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
const themes = { light: parse(light), dark: new Map([...parse(light), ...parse(dark)]) };

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const marks = [
  'outcome-succeeded',
  'outcome-partial',
  'outcome-failed',
  'outcome-timed-out',
  'outcome-unfinished',
  'level-debug',
  'level-info',
  'level-warning',
  'level-error',
  'level-critical',
];
const surfaces = ['surface', 'surface-sunken', 'surface-raised', 'surface-hover', 'surface-selected', 'surface-cursor'];
const textPairs = [
  ...['text', 'text-soft', 'accent-text'].flatMap((text) => surfaces.map((surface) => [text, surface])),
  ...['surface', 'surface-sunken', 'surface-raised'].map((surface) => ['text-faint', surface]),
  ...marks.flatMap((mark) => [
    [`${mark}-text`, 'surface'],
    [`${mark}-text`, `${mark}-tint`],
    [`${mark}-text`, 'surface-sunken'],
    ['text', `${mark}-tint`],
  ]),
  ['text-on-accent', 'accent'],
  ['match-text', 'match'],
];
const graphicPairs = [
  ...marks.filter((mark) => mark !== 'level-debug').map((mark) => [mark, 'surface']),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`series-${n}`, 'surface']),
  ['focus', 'surface'],
  ['time-cursor', 'surface'],
];

describe.each(Object.entries(themes))('%s', (_name, tokens) => {
  const below = (pairs: string[][], least: number) =>
    pairs.flatMap(([a = '', b = '']) => {
      const ratio = contrast(tokens.get(a) ?? '#000000', tokens.get(b) ?? '#000000');
      return ratio >= least ? [] : [`${a} on ${b}: ${ratio.toFixed(2)}`];
    });
  it('writes text in at least 4.5 : 1', () => expect(below(textPairs, 4.5)).toEqual([]));
  it('draws marks in at least 2.9 : 1', () => expect(below(graphicPairs, 2.9)).toEqual([]));
});
