/**
 * Extracts: what a job takes from the lines that a search found in some blocks. Numbers, templates,
 * or values of a template's parts.
 */

import { maskMessage } from '../../base/mask.ts';
import { textEnd } from '../../base/terminal.ts';
import type { BlockRef } from '../plan/block-ref.ts';
import type { WalkedLine } from './line-walker.ts';
import { type NumberOf, numberPattern } from './number-of.ts';

/** What to extract. */
export type ExtractWish =
  | { of: 'numbers'; pattern: string; caseSensitive: boolean }
  | { of: 'templates' }
  /** From lines whose mask is one of `templates`: the words at `words`, counted from 0. */
  | { of: 'values'; templates: ReadonlySet<string>; words: readonly number[] };

/** Values of one block, one per line. Times are NaN if unknown. */
interface BlockNumbers {
  us: Float64Array;
  values: Float64Array;
  /** -1 if unknown. */
  pids: Int32Array;
  lines: number;
  unread: number;
}

interface TemplateCount {
  template: string;
  lines: number;
  minUs: number;
  maxUs: number;
  /** Place of its first line's block in the job, and the line's number in that block. */
  block: number;
  line: number;
}

export type Extract =
  | { of: 'numbers'; blocks: BlockNumbers[] }
  | { of: 'templates'; counts: TemplateCount[]; lines: number }
  /** By word, in the order of the wish's `words`. */
  | { of: 'values'; counts: Map<string, number>[]; lines: number };

interface FoundLine {
  line: WalkedLine;
  /** Number of the line in its block, from 0. */
  index: number;
  us: number;
  pid: number;
}

/** Calls `take` for each line of a block that the search found. */
export type EachLine = (block: BlockRef, take: (found: FoundLine, bytes: Buffer) => void) => void;

/** Runs a wish over blocks. Throws `bad_query` for an invalid pattern. */
export function extract(wish: ExtractWish, blocks: readonly BlockRef[], eachLine: EachLine): Extract {
  switch (wish.of) {
    case 'numbers':
      return numbersOf(numberPattern(wish.pattern, wish.caseSensitive), blocks, eachLine);
    case 'templates':
      return templatesOf(blocks, eachLine);
    case 'values':
      return valuesOf(wish, blocks, eachLine);
  }
}

const shownText = (bytes: Buffer, { shown, end }: WalkedLine) =>
  bytes.toString('utf8', shown, textEnd(bytes, shown, end));

/** Returns the text after the prefix. */
const messageText = (bytes: Buffer, { shown, prefix, end }: WalkedLine) =>
  bytes.toString('utf8', shown + prefix, textEnd(bytes, shown, end));

function numbersOf(numberOf: NumberOf, blocks: readonly BlockRef[], eachLine: EachLine): Extract {
  return {
    of: 'numbers',
    blocks: blocks.map((block) => {
      const us: number[] = [];
      const values: number[] = [];
      const pids: number[] = [];
      let lines = 0;
      let unread = 0;
      eachLine(block, (found, bytes) => {
        const value = numberOf(shownText(bytes, found.line));
        lines++;
        if (value == null) {
          if (value === null) unread++;
          return;
        }
        us.push(found.us);
        values.push(value);
        pids.push(found.pid);
      });
      return {
        us: Float64Array.from(us),
        values: Float64Array.from(values),
        pids: Int32Array.from(pids),
        lines,
        unread,
      };
    }),
  };
}

function templatesOf(blocks: readonly BlockRef[], eachLine: EachLine): Extract {
  const counts = new Map<string, TemplateCount>();
  let lines = 0;
  blocks.forEach((block, place) => {
    eachLine(block, ({ line, index, us }, bytes) => {
      lines++;
      const { template } = maskMessage(messageText(bytes, line));
      const known = counts.get(template);
      const time = Number.isNaN(us) ? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] : [us, us];
      const [minUs = us, maxUs = us] = time;
      if (known === undefined) counts.set(template, { template, lines: 1, minUs, maxUs, block: place, line: index });
      else {
        known.lines++;
        known.minUs = Math.min(known.minUs, minUs);
        known.maxUs = Math.max(known.maxUs, maxUs);
      }
    });
  });
  return { of: 'templates', counts: [...counts.values()], lines };
}

function valuesOf(
  { templates, words }: { templates: ReadonlySet<string>; words: readonly number[] },
  blocks: readonly BlockRef[],
  eachLine: EachLine,
): Extract {
  const counts = words.map(() => new Map<string, number>());
  let lines = 0;
  for (const block of blocks) {
    eachLine(block, ({ line }, bytes) => {
      lines++;
      const { template, values } = maskMessage(messageText(bytes, line));
      if (!templates.has(template)) return;
      const written = unmasked(template, values);
      words.forEach((word, k) => {
        const value = written[word] ?? '';
        const map = counts[k];
        map?.set(value, (map.get(value) ?? 0) + 1);
      });
    });
  }
  return { of: 'values', counts, lines };
}

/** Returns the words of a template with their variable parts as written. */
function unmasked(template: string, values: readonly { name: string; value: string }[]): string[] {
  let next = 0;
  return template.split(/\s+/).map((word) =>
    word.replace(/<([a-z]+)>/g, (placeholder, name: string) => {
      const value = values[next];
      // A line may itself contain text in angle brackets, which is not a variable part.
      if (value?.name !== name) return placeholder;
      next++;
      return value.value;
    }),
  );
}
