/**
 * Hides credentials and identities before a report leaves the machine. Each value gets a stable
 * pseudonym (`ip-1`, `user-2`, `secret-3`): the same one in lines, paths, references, graphs and
 * file names, so that the story stays readable.
 *
 * Once found, a value is hidden everywhere, even where nothing around it gives it away. The same
 * search over the written bytes ({@link Redactor.leaks}) proves that none is left. Pure: texts in,
 * texts out.
 */
import { keysOf } from '../../contract/known-keys.ts';
import type { HiddenValue } from '../../contract/report.ts';
import { type RedactionKind, redactionKinds } from '../../contract/report-choices.ts';
import { findAll } from './detectors.ts';
import { needles } from './needles.ts';

/** Secrets of at least this length are also hidden within other words. */
const STRONG = 12;

type Class = 'strong' | 'weak' | 'word' | 'address';

interface Hidden {
  kind: RedactionKind;
  what: string;
  class: Class;
  pseudonym: string;
  value: string;
  places: number;
}

interface Range {
  start: number;
  end: number;
  hidden: Hidden;
}

const around: Record<Class, { before: string; after: string; flags: string }> = {
  strong: { before: '', after: '', flags: 'g' },
  weak: { before: '(?<![A-Za-z0-9])', after: '(?![A-Za-z0-9])', flags: 'g' },
  word: { before: '(?<![A-Za-z0-9])', after: '(?![A-Za-z0-9])', flags: 'gi' },
  // 10.0.0.4 is not in 10.0.0.45 or 110.0.0.4, but it is in worker_10.0.0.4_1.txt.
  address: { before: String.raw`(?<!\d|\d\.|[0-9a-fA-F]:)`, after: String.raw`(?!\d|\.\d|:[0-9a-fA-F])`, flags: 'gi' },
};
const classes = keysOf(around);

export class Redactor {
  readonly #kinds: ReadonlySet<RedactionKind>;
  readonly #byKey = new Map<string, Hidden>();
  readonly #byText: Record<Class, Map<string, Hidden>> = {
    strong: new Map(),
    weak: new Map(),
    word: new Map(),
    address: new Map(),
  };
  readonly #numbers = new Map<string, number>();
  #patterns: Partial<Record<Class, RegExp | null>> = {};

  constructor(kinds: Iterable<RedactionKind>) {
    this.#kinds = new Set(kinds);
  }

  /**
   * Finds values in a text, to hide them everywhere. Numbers follow the order in which values are
   * learned.
   */
  learn(text: string): void {
    for (const { detector, value } of findAll(text, this.#kinds)) this.#hide(detector, value);
  }

  /** Learns a value of a known kind, such as the address of a node. */
  learnValue(kind: RedactionKind, what: string, prefix: string, value: string): void {
    if (this.#kinds.has(kind)) this.#hide({ kind, what, prefix }, value);
  }

  #hide(as: { kind: RedactionKind; what: string; prefix: string }, value: string): Hidden {
    const plain = decoded(value);
    const canonical = as.kind === 'secrets' ? plain.replace(/\\?[\r\n]|\\r|\\n|\s/g, '') : plain.toLowerCase();
    const address = as.kind === 'ips' ? canonical.replaceAll('-', '.') : canonical;
    const key = `${as.kind} ${address}`;
    let hidden = this.#byKey.get(key);
    if (hidden === undefined) {
      const number = (this.#numbers.get(as.prefix) ?? 0) + 1;
      this.#numbers.set(as.prefix, number);
      hidden = {
        kind: as.kind,
        what: as.what,
        class:
          as.kind === 'ips' ? 'address' : as.kind !== 'secrets' ? 'word' : address.length < STRONG ? 'weak' : 'strong',
        pseudonym: `${as.prefix}-${number}`,
        value: as.kind === 'ips' ? address : value,
        places: 0,
      };
      this.#byKey.set(key, hidden);
    }
    for (const form of formsOf(hidden.kind, value, plain)) this.#register(hidden, form);
    return hidden;
  }

  #register(hidden: Hidden, form: string): void {
    const isLoose = around[hidden.class].flags.includes('i');
    const text = isLoose ? form.toLowerCase() : form;
    // A part of a key, such as its short last line, must not be hidden within other words.
    const class_ = hidden.class === 'strong' && text.length < STRONG ? 'weak' : hidden.class;
    const map = this.#byText[class_];
    if (text === '' || map.has(text)) return;
    map.set(text, hidden);
    this.#patterns = { ...this.#patterns, [class_]: undefined };
  }

  #pattern(class_: Class): RegExp | null {
    let pattern = this.#patterns[class_];
    if (pattern === undefined) {
      const { before, after, flags } = around[class_];
      pattern = needles(this.#byText[class_].keys(), before, after, flags);
      this.#patterns[class_] = pattern;
    }
    return pattern;
  }

  #known(text: string): Range[] {
    const ranges: Range[] = [];
    for (const class_ of classes) {
      const pattern = this.#pattern(class_);
      if (pattern === null) continue;
      const isLoose = around[class_].flags.includes('i');
      for (const match of text.matchAll(pattern)) {
        const hidden = this.#byText[class_].get(isLoose ? match[0].toLowerCase() : match[0]);
        if (hidden !== undefined) ranges.push({ start: match.index, end: match.index + match[0].length, hidden });
      }
    }
    return ranges;
  }

  /** Returns the first part of a known secret at the very end of a text that was cut earlier. */
  #cutSecret(text: string): Range | null {
    const from = Math.max(0, text.length - 4_000);
    const tail = text.slice(from);
    if (!/[\w+/%=-]{8}$/.test(tail)) return null;
    for (const [form, hidden] of this.#byText.strong) {
      for (let at = tail.indexOf(form.slice(0, 8)); at !== -1; at = tail.indexOf(form.slice(0, 8), at + 1)) {
        if (form.startsWith(tail.slice(at))) return { start: from + at, end: text.length, hidden };
      }
    }
    return null;
  }

  /** Hides all values in a text, including new ones. */
  apply(text: string): string {
    if (text === '') return text;
    const ranges: Range[] = [];
    for (const { detector, value, start, end } of findAll(text, this.#kinds)) {
      ranges.push({ start, end, hidden: this.#hide(detector, value) });
    }
    ranges.push(...this.#known(text));
    const cut = this.#cutSecret(text);
    if (cut !== null) ranges.push(cut);
    if (ranges.length === 0) return text;
    ranges.sort((a, b) => a.start - b.start || b.end - a.end);
    let out = '';
    let at = 0;
    for (const { start, end, hidden } of ranges) {
      if (end <= at) continue;
      // If two ranges overlap, hide the rest of the second too.
      const from = Math.max(start, at);
      out += text.slice(at, from) + inLines(text.slice(from, end), hidden.pseudonym);
      if (start >= at) hidden.places++;
      at = end;
    }
    return out + text.slice(at);
  }

  /**
   * Hides values in adjacent lines, so that a key over several lines counts as one. Returns as many
   * lines as it gets.
   */
  applyLines(lines: readonly string[]): string[] {
    // If a line does contain a line feed, it must not become two lines.
    const joined = lines.map((line) => line.replaceAll('\n', ' ')).join('\n');
    const out = this.apply(joined).split('\n');
    return out.length === lines.length ? out : lines.map((line) => this.apply(line));
  }

  /** Returns hidden values that a text still contains in any form: none if all is well. */
  leaks(text: string): { pseudonym: string; kind: RedactionKind; isWord: boolean; places: number }[] {
    const left = new Map<Hidden, number>();
    for (const { hidden } of this.#known(text)) left.set(hidden, (left.get(hidden) ?? 0) + 1);
    return [...left].map(([hidden, places]) => ({
      pseudonym: hidden.pseudonym,
      kind: hidden.kind,
      isWord: hidden.class === 'word' || hidden.class === 'weak',
      places,
    }));
  }

  /** Counts values and places by kind, for all enabled kinds. */
  counts(): { kind: RedactionKind; on: boolean; values: number; places: number }[] {
    return redactionKinds.map((kind) => {
      const own = [...this.#byKey.values()].filter((hidden) => hidden.kind === kind && hidden.places > 0);
      return {
        kind,
        on: this.#kinds.has(kind),
        values: own.length,
        places: own.reduce((sum, hidden) => sum + hidden.places, 0),
      };
    });
  }

  /** Lists everything hidden, most frequent first. Only for the author of the report. */
  list(): HiddenValue[] {
    return [...this.#byKey.values()]
      .filter((hidden) => hidden.places > 0)
      .map(({ kind, what, pseudonym, value, places }) => ({
        kind,
        what,
        pseudonym,
        sample: kind === 'secrets' ? masked(value) : value,
        places,
      }))
      .sort((a, b) => b.places - a.places || a.pseudonym.localeCompare(b.pseudonym, 'en', { numeric: true }));
  }
}

/** Keeps a hidden range of several lines at several lines. */
function inLines(text: string, pseudonym: string): string {
  return text.includes('\n')
    ? text
        .split('\n')
        .map((line) => (line.trim() === '' ? line : pseudonym))
        .join('\n')
    : pseudonym;
}

function masked(value: string): string {
  const text = value.trim();
  const shown = text.length >= 12 ? text.slice(0, 4) : '';
  return `${shown}… (${text.length.toLocaleString('en-US')} characters)`;
}

function decoded(value: string): string {
  if (!/%[0-9A-Fa-f]{2}/.test(value)) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/**
 * Returns the forms in which a value may occur: as found, percent-encoded, escaped for HTML or
 * JSON, and an address with other separators.
 */
function formsOf(kind: RedactionKind, value: string, plain: string): Set<string> {
  const forms = new Set<string>();
  const add = (text: string) => {
    forms.add(text);
    forms.add(
      text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&#39;'),
    );
    forms.add(JSON.stringify(text).slice(1, -1));
    forms.add(text.replaceAll('/', '\\/'));
  };
  if (kind === 'ips') {
    const address = plain.replaceAll('-', '.');
    add(address.toLowerCase());
    if (/^[\d.]+$/.test(address)) {
      add(address.replaceAll('.', '-'));
      add(address.replaceAll('.', '_'));
    }
    return forms;
  }
  if (kind === 'secrets' && /\n|\\n/.test(value)) {
    for (const line of value.split(/\\?\r?\n|\\r|\\n/)) if (line.trim().length >= 8) add(line.trim());
    return forms;
  }
  add(value);
  if (plain.length >= 3) add(plain);
  // A value at the end of a sentence or file name occurs elsewhere without what follows it here.
  const bare = plain.replace(/(?:\.(?:txt|log|csv|json|py|zip|gz)|[.,:!?)\]}]+)$/i, '');
  if (kind === 'secrets' && bare !== plain && bare.length >= 5) add(bare);
  try {
    add(encodeURIComponent(plain));
    add(encodeURIComponent(plain).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
  } catch {
    // Half a surrogate pair has no encoded form.
  }
  return forms;
}
