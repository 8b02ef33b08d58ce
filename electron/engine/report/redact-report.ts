/** Redaction of a whole report, and the last look at what was written from it. */
import { isIP } from 'node:net';
import { PostrunError } from '../../contract/errors.ts';
import type { HiddenValue, ReportOptions } from '../../contract/report.ts';
import { type RedactionKind, redactionKinds } from '../../contract/report-choices.ts';
import type { Report } from '../../contract/report-model.ts';
import { nodeAliases } from '../store/node-names.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectCells } from '../store/select.ts';
import { Redactor } from './redact.ts';

/** Fields whose values are words of the format itself, not of the logs. */
const OWN_FIELDS = new Set([
  'schema',
  'kind',
  'status',
  'outcome',
  'outcomes',
  'role',
  'level',
  'confidence',
  'cause',
  'phase',
  'metric',
  'unit',
  'madeAt',
  'madeBy',
  'at',
  'startedAt',
  'endedAt',
  'firstAt',
  'lastAt',
  'fromAt',
  'toAt',
  'redaction',
]);

/** A quoted line is cut here once its secrets are hidden. */
const MOST_CHARS = 700;

export interface Redacted {
  report: Report;
  /** Null where nothing is to be hidden. */
  redactor: Redactor | null;
  /** What the kinds that are switched off would hide. */
  shown: { kind: RedactionKind; values: number; places: number }[];
  hidden: HiddenValue[];
}

/**
 * The redactor for a case: node addresses are learned first, so that they have the same numbers in
 * every report of it.
 */
export function redactorFor(db: ReadableDb, kinds: Iterable<RedactionKind>): Redactor {
  const redactor = new Redactor(kinds);
  const nodes = selectCells(
    db,
    `SELECT DISTINCT node
     FROM (SELECT node FROM process UNION SELECT node FROM file UNION SELECT node FROM attempt)
     WHERE node IS NOT NULL`,
    'text',
  ).all();
  const collator = new Intl.Collator('en', { numeric: true });
  for (const node of [...nodes, ...nodeAliases(db).keys()].sort(collator.compare))
    if (isIP(node) !== 0) redactor.learnValue('ips', 'IP address of a node', 'ip', node);
  return redactor;
}

/** Kinds that the options hide: secrets always, unless nothing at all is hidden. */
export function hiddenKinds(options: Pick<ReportOptions, 'redact' | 'redaction'>): Set<RedactionKind> {
  return new Set(options.redaction ? ['secrets' as const, ...options.redact] : []);
}

/**
 * Hide what the options say. `more` are texts that leave together with the report, whose values
 * have to be known too.
 */
export function redactReport(
  db: ReadableDb,
  report: Report,
  options: ReportOptions,
  more: readonly string[] = [],
): Redacted {
  const kinds = hiddenKinds(options);
  const off = new Set(redactionKinds.filter((kind) => !kinds.has(kind)));
  const shown = countShown(db, report, off);
  if (kinds.size === 0) {
    const counts = redactionKinds.map((kind) => ({ kind, on: false, values: 0, places: 0 }));
    return {
      report: { ...shortened(report), redaction: { on: false, kinds: counts } },
      redactor: null,
      shown,
      hidden: [],
    };
  }
  const redactor = redactorFor(db, kinds);
  each(report, (text) => redactor.learn(text));
  for (const text of more) redactor.learn(text);
  const redacted = map(
    report,
    (text) => redactor.apply(text),
    (lines) => redactor.applyLines(lines),
  );
  return {
    report: { ...shortened(redacted), redaction: { on: true, kinds: redactor.counts() } },
    redactor,
    shown,
    hidden: redactor.list(),
  };
}

function countShown(db: ReadableDb, report: Report, off: ReadonlySet<RedactionKind>): Redacted['shown'] {
  if (off.size === 0) return [];
  const counter = redactorFor(db, off);
  each(report, (text) => counter.learn(text));
  map(
    report,
    (text) => counter.apply(text),
    (lines) => counter.applyLines(lines),
  );
  return counter
    .counts()
    .filter(({ kind }) => off.has(kind))
    .map(({ kind, values, places }) => ({ kind, values, places }));
}

/** Cut quoted lines to what a report shows; done last, so that no cut goes through a secret. */
function shortened(report: Report): Report {
  const cut = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(cut);
    if (typeof value !== 'object' || value === null) return value;
    const copy = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cut(one)]));
    if (typeof copy.file === 'string' && typeof copy.text === 'string' && copy.text.length > MOST_CHARS) {
      return { ...copy, text: copy.text.slice(0, MOST_CHARS).toWellFormed(), cut: true };
    }
    return copy;
  };
  return cut(report) as Report;
}

const isLines = (value: unknown[]): value is { text: string }[] =>
  value.length > 1 &&
  value.every((one) => typeof one === 'object' && one !== null && 'text' in one && typeof one.text === 'string');

/** Every text of the logs in the report; lines that stand together as one. */
function each(value: unknown, visit: (text: string) => void): void {
  if (typeof value === 'string') visit(value);
  else if (Array.isArray(value)) {
    if (isLines(value)) visit(value.map((line) => line.text).join('\n'));
    for (const one of value) each(one, visit);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, one] of Object.entries(value)) if (!OWN_FIELDS.has(key)) each(one, visit);
    visitPair(value, visit);
  }
}

/** A setting is a name and a value apart: together they tell what the value is. */
function visitPair(value: object, visit: (text: string) => void): void {
  if ('name' in value && 'value' in value && typeof value.name === 'string' && typeof value.value === 'string') {
    visit(`${value.name}=${value.value}`);
  }
}

function map<T>(value: T, text: (text: string) => string, lines: (lines: string[]) => string[]): T {
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return text(one);
    if (Array.isArray(one)) {
      const inner = isLines(one) ? withTexts(one, lines(one.map((line) => line.text))) : one;
      return inner.map((item: unknown) => (inner === one ? walk(item) : walkRest(item)));
    }
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, OWN_FIELDS.has(key) ? item : walk(item)]));
  };
  // The text of such a line is done already, and would be counted twice.
  const walkRest = (one: unknown): unknown =>
    Object.fromEntries(
      Object.entries(one as object).map(([key, item]) => [
        key,
        key === 'text' || OWN_FIELDS.has(key) ? item : walk(item),
      ]),
    );
  return walk(value) as T;
}

function withTexts<T extends { text: string }>(lines: readonly T[], texts: readonly string[]): T[] {
  return lines.map((line, k) => ({ ...line, text: texts[k] ?? '' }));
}

/**
 * The same document without a word of the logs: what then still looks like a hidden name is a word
 * of ours.
 */
export function blankReport(report: Report): Report {
  return map(
    report,
    () => '-',
    (lines) => lines.map(() => '-'),
  );
}

/**
 * The last look: throws `redaction_failed` when what is to be written holds a hidden value in any
 * form. A user called “node” or a workspace called “run” are words that the report itself uses:
 * those are taken off by `own`, the same document without the logs.
 */
export function proveRedacted(
  redactor: Redactor | null,
  written: string,
  what: string,
  own: (() => string) | null,
): void {
  if (redactor === null) return;
  let leaks = redactor.leaks(written);
  if (leaks.some((leak) => leak.isWord) && own !== null) {
    const ours = new Map(redactor.leaks(own()).map((leak) => [leak.pseudonym, leak.places]));
    leaks = leaks.filter((leak) => !leak.isWord || leak.places > (ours.get(leak.pseudonym) ?? 0));
  }
  const [leak] = leaks;
  if (leak === undefined) return;
  throw new PostrunError(
    'bug',
    'redaction_failed',
    `Nothing was written: the last look found ${leaks.length === 1 ? 'a value' : `${leaks.length} values`} that should be hidden (${leaks
      .slice(0, 5)
      .map((one) => one.pseudonym)
      .join(', ')}). Please report this; without the kind “${leak.kind}” the report can be made.`,
    { where: what },
  );
}
