/**
 * Tests that wrapping changes no word, is stable after one pass, and leaves hand-made layout alone.
 */
import { expect, test } from 'vitest';
import { wrapComments } from './wrap-comments.ts';

const words = 'one two three four five six seven eight nine ten ';
const long = words.repeat(3).trim();

test('fills prose, in blocks, single lines and slashes', () => {
  const source = `/** ${long} */\n/**\n * ${long}\n * And more.\n *\n * Short.\n */\n  // ${long}\n  // end\ncode();\n`;
  const wrapped = wrapComments(source);
  expect(Math.max(...wrapped.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  const plain = (text: string) => text.replace(/[/*\s]+/g, ' ').trim();
  expect(plain(wrapped)).toBe(plain(source));
  expect(wrapComments(wrapped)).toBe(wrapped);
});

test('leaves tables, examples, code and short comments', () => {
  const source = `/**\n * | ${long} |\n *\n *     ${'x'.repeat(120)}\n * Short one.\n * Short two.\n */\nconst text = \`\n// no comment\`;\n`;
  expect(wrapComments(source)).toBe(source);
});

test('breaks an item of a list and indents what follows', () => {
  const wrapped = wrapComments(`/**\n * - ${long}\n * - next\n */\n`);
  expect(wrapped).toContain('\n *   ');
  expect(wrapped).toContain('\n * - next\n');
});
