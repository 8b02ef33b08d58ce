// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the placeholder is what is looked for
/**
 * User-visible strings: what a person reads in the window, in messages of the engine and on the command line. They stand where
 * they are used; this collects them into one list for each area, to be read through in one sitting and checked. It reads
 * text between tags, attributes that are text, and string literals that look like prose.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.ts';

export const areas = {
  window: ['renderer/**/*.{ts,tsx}'],
  engine: ['electron/engine/**/*.ts', 'electron/contract/**/*.ts', 'electron/host/**/*.ts', 'electron/serve/**/*.ts'],
  cli: ['electron/cli/**/*.ts'],
} as const;
export type Area = keyof typeof areas;

export interface VisibleString {
  file: string;
  /** 1-based. */
  line: number;
  /** `${…}` stands for what is put in. */
  text: string;
}

/** Prose has two words, or is one word that begins with a capital letter and ends a sentence. */
const PROSE = /[A-Za-z’']{2,}[ ,;:.]+(?:\$\{|[A-Za-z(])|^[A-Z][a-z]+[.!?…]?$/;
const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:'"`\w/])\/\/[^\n]*/g;
const LITERAL = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g;
const TAG_TEXT = />([^<>{}=;]*[A-Za-z][^<>{}=;]*)</g;

/** All strings of an area, in the order of files and lines. */
export function stringsOf(area: Area): VisibleString[] {
  return areas[area].flatMap((pattern) =>
    globSync(pattern, { cwd: root })
      .filter((file) => !/\.test\.tsx?$|[\\/](?:testing|formats)[\\/]|known-issues|\.d\.ts$/.test(file))
      .sort()
      .flatMap((file) => stringsIn(file, readFileSync(join(root, file), 'utf8'))),
  );
}

/** Strings of one file's source. */
export function stringsIn(file: string, source: string): VisibleString[] {
  // Comments become blanks of the same length, so that lines stay what they are.
  const code = source.replaceAll(COMMENT, (comment) => comment.replaceAll(/[^\n]/g, ' '));
  const found: { at: number; text: string }[] = [];
  for (const match of code.matchAll(LITERAL)) {
    const text = match[1] ?? match[2] ?? match[3] ?? '';
    found.push({ at: match.index, text: text.replaceAll(/\$\{[^}]*\}/g, '${…}') });
  }
  if (file.endsWith('x')) {
    for (const match of code.matchAll(TAG_TEXT)) found.push({ at: match.index, text: (match[1] ?? '').trim() });
  }
  return found
    .map(({ at, text }) => ({ at, text: text.replaceAll(/\s+/g, ' ').trim() }))
    .filter(({ text }) => PROSE.test(text))
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => ({ file, line: code.slice(0, at).split('\n').length, text }));
}
