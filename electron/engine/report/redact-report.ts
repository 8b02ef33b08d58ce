/** Redacts a whole report, and checks what was written from it. */
import { isIP } from 'node:net';
import { PostrunError } from '../../contract/errors.ts';
import { isObject } from '../../contract/known-keys.ts';
import type { HiddenValue, ReportOptions } from '../../contract/report.ts';
import { type RedactionKind, redactionKinds } from '../../contract/report-choices.ts';
import type { Report } from '../../contract/report-model.ts';
import { nodeAliases } from '../store/node-names.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectCells } from '../store/select.ts';
import { Redactor } from './redact.ts';

/** Fields whose values are words of the format, not of the logs. */
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

/** Quoted lines are cut at this length after redaction. */
const MOST_CHARS = 700;

export interface Redacted {
  report: Report;
  /** Null if nothing is to be hidden. */
  redactor: Redactor | null;
  /** What the disabled kinds would hide. */
  shown: { kind: RedactionKind; values: number; places: number }[];
  hidden: HiddenValue[];
}

/**
 * Creates the redactor of a case. It learns node addresses first, so that they get the same numbers
 * in every report of the case.
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

/** Returns the kinds that the options hide. Secrets are always hidden, unless redaction is off. */
export function hiddenKinds(options: Pick<ReportOptions, 'redact' | 'redaction'>): Set<RedactionKind> {
  return new Set(options.redaction ? ['secrets' as const, ...options.redact] : []);
}

/**
 * Hides what the options select. `more` are texts that leave together with the report, whose values
 * must be known too.
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

/** Cuts quoted lines to the length in a report. This comes last, so that no cut splits a secret. */
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
  value.length > 1 && value.every((one) => isObject(one) && typeof one.text === 'string');

/** Visits every text of the logs in the report. Adjacent lines form one text. */
function each(value: unknown, visit: (text: string) => void): void {
  if (typeof value === 'string') visit(value);
  else if (Array.isArray(value)) {
    if (isLines(value)) visit(value.map((line) => line.text).join('\n'));
    for (const one of value) each(one, visit);
  } else if (isObject(value)) {
    for (const [key, one] of Object.entries(value)) if (!OWN_FIELDS.has(key)) each(one, visit);
    visitPair(value, visit);
  }
}

/** A setting has a separate name and value, which only together tell what the value is. */
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
  // The text of such a line is done already and would count twice.
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
 * Returns the same document without any text of the logs. What still looks like a hidden name in it
 * is our own word.
 */
export function blankReport(report: Report): Report {
  return map(
    report,
    () => '-',
    (lines) => lines.map(() => '-'),
  );
}

/**
 * The final check: throws `redaction_failed` if the output contains a hidden value in any form. A
 * user called “node” or a workspace called “run” matches words that the report itself uses, so
 * matches in `own`, the same document without the logs, are subtracted.
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
