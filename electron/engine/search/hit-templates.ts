/**
 * Hit templates: the kinds of lines that a search finds. A template is the common text with
 * variable parts masked.
 */
import type { HitTemplate, TemplateValues } from '../../contract/hits.ts';
import { Drain, type DrainGroup } from '../base/drain.ts';
import type { Candidate } from './candidates.ts';
import type { HitSink } from './hit-scan.ts';
import type { SearchSession } from './session.ts';
import type { Extract } from './worker/extract.ts';

/**
 * Limit on distinct masked texts. Further lines, in logs where hardly two lines are alike, count
 * together.
 */
const MOST_TEMPLATES = 50_000;
/** Limit on distinct values per part. */
const MOST_VALUES = 100_000;
const LISTED_VALUES = 1_000;

interface Counted {
  id: number;
  lines: number;
  minUs: number;
  maxUs: number;
  fileId: number;
  line: number;
  /** Masked texts in the group. */
  templates: Set<string>;
}

/** Groups the masked texts of lines in the same way as the errors of a run. */
export class TemplateSink implements HitSink<'templates'> {
  readonly #session: SearchSession;
  #drain = new Drain();
  #groups = new Map<DrainGroup, Counted>();
  #texts = new Set<string>();
  #otherLines = 0;
  #nextId = 0;

  constructor(session: SearchSession) {
    this.#session = session;
  }

  clear(): void {
    this.#drain = new Drain();
    this.#groups = new Map();
    this.#texts = new Set();
    this.#otherLines = 0;
  }

  take({ counts }: Extract & { of: 'templates' }, candidates: readonly Candidate[]): void {
    for (const { template, lines, minUs, maxUs, block, line } of counts) {
      if (!this.#texts.has(template)) {
        if (this.#texts.size >= MOST_TEMPLATES) {
          this.#otherLines += lines;
          continue;
        }
        this.#texts.add(template);
      }
      const group = this.#drain.add(template);
      let counted = this.#groups.get(group);
      if (counted === undefined) {
        const candidate = candidates[block] as Candidate;
        counted = {
          id: this.#nextId++,
          lines: 0,
          minUs: Number.POSITIVE_INFINITY,
          maxUs: Number.NEGATIVE_INFINITY,
          fileId: candidate.fileId,
          line: this.#session.fileLineOf(candidate, line),
          templates: new Set(),
        };
        this.#groups.set(group, counted);
      }
      counted.lines += lines;
      counted.minUs = Math.min(counted.minUs, minUs);
      counted.maxUs = Math.max(counted.maxUs, maxUs);
      counted.templates.add(template);
    }
  }

  /** Returns the `count` templates with the most lines. */
  list(count: number): { templates: HitTemplate[]; distinct: number; otherLines: number } {
    const all = [...this.#groups].sort(([, a], [, b]) => b.lines - a.lines || a.id - b.id);
    const isTime = (us: number) => Number.isFinite(us) && us < Number.MAX_SAFE_INTEGER;
    return {
      templates: all.slice(0, count).map(([{ words }, { id, lines, minUs, maxUs, fileId, line }]) => ({
        id,
        template: words.join(' '),
        lines,
        firstUs: isTime(minUs) ? minUs : null,
        lastUs: isTime(maxUs) ? maxUs : null,
        fileId,
        line,
      })),
      distinct: all.length,
      otherLines: all.slice(count).reduce((sum, [, { lines }]) => sum + lines, this.#otherLines),
    };
  }

  /** Returns the words of a template and its masked texts; null if there is no such id. */
  find(id: number): { words: string[]; templates: ReadonlySet<string> } | null {
    for (const [{ words }, counted] of this.#groups)
      if (counted.id === id) return { words: [...words], templates: counted.templates };
    return null;
  }
}

/** Counts the values of the variable words of one template. */
export class ValueSink implements HitSink<'values'> {
  readonly #words: readonly { name: string; word: number }[];
  #counts: Map<string, number>[] = [];
  #isCut: boolean[] = [];

  constructor(words: readonly { name: string; word: number }[]) {
    this.#words = words;
    this.clear();
  }

  clear(): void {
    this.#counts = this.#words.map(() => new Map());
    this.#isCut = this.#words.map(() => false);
  }

  take({ counts }: Extract & { of: 'values' }): void {
    counts.forEach((found, k) => {
      const all = this.#counts[k] as Map<string, number>;
      for (const [value, count] of found) {
        if (!all.has(value) && all.size >= MOST_VALUES) this.#isCut[k] = true;
        else all.set(value, (all.get(value) ?? 0) + count);
      }
    });
  }

  list(): TemplateValues['parts'] {
    return this.#words.map(({ name, word }, k) => {
      const all = this.#counts[k] as Map<string, number>;
      const values = [...all].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
      return { name, word, distinct: all.size, isCut: this.#isCut[k] === true, values: values.slice(0, LISTED_VALUES) };
    });
  }
}

/** Returns the words of a template that vary from line to line. */
export function variableWords(words: readonly string[]): { name: string; word: number }[] {
  return words.flatMap((name, word) => (/<(?:[a-z]+|\*)>/.test(name) && name !== '<secret>' ? [{ name, word }] : []));
}
