/** Checks a custom format: its schema, and what its samples yield. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as z from 'zod';
import { fileKinds } from '../../../contract/file-records.ts';
import { levels } from '../../../contract/line-records.ts';
import { createPrefix, hasPrefix } from '../prefix/empty-prefix.ts';
import { parsePrefix } from '../prefix/prefix.ts';
import { FormatBook, type OwnFormat } from './format-book.ts';
import { createTimeReader, timeParts } from './time.ts';

const MOST_BYTES = 1024 * 1024;
const MOST_FILES = 200;

const pathGroups = ['node', 'process'];
const lineGroups = ['time', 'level', 'pid', 'thread', 'logger', 'func', 'message'];

/** Validates a regular expression, whose named groups must be among these names. */
const pattern = (allowed: readonly string[]) =>
  z
    .string()
    .min(1, 'a regular expression is needed')
    .max(2_000, 'at most 2,000 characters')
    .superRefine((source, context) => {
      try {
        new RegExp(source);
      } catch (cause) {
        context.addIssue({ code: 'custom', message: cause instanceof Error ? cause.message : String(cause) });
        return;
      }
      for (const [, name = ''] of source.matchAll(/\(\?<([A-Za-z_$][\w$]*)>/g))
        if (!allowed.includes(name))
          context.addIssue({
            code: 'custom',
            message: `the group ${name} is not known; there are ${allowed.join(', ')}`,
          });
    });

const sampleLine = z.strictObject({
  line: z.string(),
  /** False if the line continues the one before. */
  begins: z.boolean().optional(),
  time: z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)), 'a time such as 2020-03-19T15:37:07Z is needed')
    .optional(),
  level: z.enum(levels).optional(),
  pid: z.int().nonnegative().optional(),
  message: z.string().optional(),
});

const sample = z.strictObject({
  path: z.string().min(1, 'a path is needed'),
  node: z.string().optional(),
  process: z.string().optional(),
  lines: z.array(sampleLine).max(1_000, 'at most 1,000 lines').default([]),
});

const formatFile = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/, 'letters, digits, `-`, `_` and `.` only, at most 40 of them'),
  description: z.string().max(500).optional(),
  kind: z.enum(fileKinds).default('other'),
  path: pattern(pathGroups),
  shape: z.enum(['lines', 'csv', 'by-extension']).default('lines'),
  line: pattern(lineGroups)
    .refine((source) => lineGroups.some((name) => source.includes(`(?<${name}>`)), {
      message: `it needs at least one of the groups ${lineGroups.join(', ')}`,
    })
    .optional(),
  time: z
    .string()
    .superRefine((format, context) => {
      try {
        createTimeReader(format);
      } catch (cause) {
        context.addIssue({ code: 'custom', message: cause instanceof Error ? cause.message : String(cause) });
      }
    })
    .optional()
    .describe(timeParts),
  levels: z.record(z.string(), z.enum(levels)).default({}),
  samples: z.array(sample).min(1, 'at least one sample is needed: a path, and lines with what they must give').max(100),
});

/** The yield of one line of a sample, and how it differs from what the sample says. */
export interface SampleLineResult {
  line: string;
  begins: boolean;
  timeUs: number | null;
  level: (typeof levels)[number] | null;
  pid: number | null;
  message: string;
  /** In words; empty if everything is as the sample says. */
  faults: string[];
}

interface SampleResult {
  path: string;
  node: string | null;
  process: string | null;
  faults: string[];
  lines: SampleLineResult[];
}

/** One file with a custom format. `errors` say why it cannot be used; `format` is then null. */
export interface FormatCheck {
  file: string;
  format: OwnFormat | null;
  errors: string[];
  samples: SampleResult[];
}

/** Parses and checks a format's text: its form, and what its samples yield. Never throws. */
export function checkFormat(file: string, text: string): FormatCheck {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    return { file, format: null, errors: [`no JSON: ${jsonFault(text, cause)}`], samples: [] };
  }
  const parsed = formatFile.safeParse(json);
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue) => `${placeOf(issue.path)}: ${issueText(issue)}`);
    return { file, format: null, errors, samples: [] };
  }
  const { samples, description, line, time, ...rest } = parsed.data;
  const format: OwnFormat = { ...rest, description: description ?? null, line: line ?? null, time: time ?? null };
  const book = new FormatBook([format]);
  return { file, format, errors: [], samples: samples.map((one) => checkSample(book, format, one)) };
}

/** Adds the line to a syntax error, for which Node gives the character. */
function jsonFault(text: string, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined || /line \d+/.test(message)) return message;
  return `${message}, line ${text.slice(0, Number(position)).split('\n').length}`;
}

/** Formats a path such as `samples[0].lines[2].level`. */
function placeOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text.replace(/^\./, '') || 'the file';
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')} is not known; check the spelling`;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')} is needed`;
  if (issue.code === 'invalid_type' && issue.input === undefined && /undefined/.test(issue.message))
    return `it is missing (${issue.expected})`;
  return issue.message;
}

type Sample = z.infer<typeof sample>;

function checkSample(book: FormatBook, format: OwnFormat, wanted: Sample): SampleResult {
  const found = book.classify(wanted.path);
  const faults: string[] = [];
  if (found.format !== `own.${format.id}`) faults.push('the path does not match the pattern');
  for (const name of ['node', 'process'] as const) {
    const expected = wanted[name];
    if (expected !== undefined && found[name] !== expected)
      faults.push(`${name} is ${found[name] ?? 'none'}, not ${expected}`);
  }
  const read = book.ownPrefix(`own.${format.id}`) ?? parsePrefix;
  const lines = wanted.lines.map((one): SampleLineResult => {
    const bytes = Buffer.from(one.line);
    const prefix = createPrefix();
    read(bytes, 0, bytes.length, prefix);
    const result: SampleLineResult = {
      line: one.line,
      begins: hasPrefix(prefix),
      timeUs: Number.isNaN(prefix.timeUs) ? null : prefix.timeUs,
      level: levels[prefix.level - 1] ?? null,
      pid: prefix.pid === -1 ? null : prefix.pid,
      message: bytes.toString('utf8', prefix.length),
      faults: [],
    };
    const expect = (name: string, expected: unknown, actual: unknown) => {
      if (expected !== undefined && expected !== actual)
        result.faults.push(`${name} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
    };
    expect('begins', one.begins, result.begins);
    if (one.time !== undefined && result.timeUs !== microsOf(one.time)) {
      const actual = result.timeUs === null ? 'none' : new Date(result.timeUs / 1000).toISOString();
      result.faults.push(`time is ${actual}, not ${one.time}`);
    }
    expect('level', one.level, result.level);
    expect('pid', one.pid, result.pid);
    expect('message', one.message, result.message);
    return result;
  });
  return { path: wanted.path, node: found.node, process: found.process, faults, lines };
}

function microsOf(iso: string): number {
  const hasZone = /(?:Z|[+-]\d\d:?\d\d)$/i.test(iso);
  const whole = Date.parse(hasZone || !iso.includes(':') ? iso : `${iso}Z`);
  const micros = /\.\d{3}(\d{1,3})/.exec(iso)?.[1] ?? '';
  return whole * 1000 + (micros === '' ? 0 : Number(micros.padEnd(3, '0')));
}

/** Returns the faults of a format's samples, each with its place. */
export function sampleFaults(check: FormatCheck): string[] {
  return check.samples.flatMap((result, s) => [
    ...result.faults.map((fault) => `samples[${s}]: ${fault}`),
    ...result.lines.flatMap((line, k) => line.faults.map((fault) => `samples[${s}].lines[${k}]: ${fault}`)),
  ]);
}

/** Checks the file of a format. Never throws: failing to read it is an error of the format. */
export function checkFormatFile(file: string): FormatCheck {
  try {
    if (statSync(file).size > MOST_BYTES)
      return { file, format: null, errors: ['the file is larger than 1 MB; this is no format'], samples: [] };
    return checkFormat(file, readFileSync(file, 'utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return { file, format: null, errors: [`it cannot be read (${reason})`], samples: [] };
  }
}

/**
 * Checks all formats (`*.json`) in some folders, in the order of folders and names; skips a missing
 * folder. If two formats share an id, the first one counts and the second gets an error. A format
 * whose samples fail is not used.
 */
export function loadFormats(folders: readonly string[]): FormatCheck[] {
  const checks: FormatCheck[] = [];
  const owners = new Map<string, string>();
  for (const folder of new Set(folders)) {
    if (!existsSync(folder)) continue;
    const names = readdirSync(folder)
      .filter((name) => /\.json$/i.test(name))
      .sort()
      .slice(0, MOST_FILES);
    for (const name of names) {
      const check = checkFormatFile(join(folder, name));
      const id = check.format?.id;
      const owner = id === undefined ? undefined : owners.get(id);
      if (id !== undefined && owner === undefined) owners.set(id, check.file);
      checks.push(
        owner === undefined ? check : { ...check, format: null, errors: [`id: ${id} is the id of ${owner} too`] },
      );
    }
  }
  return checks;
}

/** Returns the usable formats, and in words what is wrong with the others. */
export function usableFormats(checks: readonly FormatCheck[]): { book: FormatBook; problems: string[] } {
  const usable: OwnFormat[] = [];
  const problems: string[] = [];
  for (const check of checks) {
    const faults = [...check.errors, ...sampleFaults(check)];
    if (check.format !== null && faults.length === 0) usable.push(check.format);
    else problems.push(`The format ${basename(check.file)} is not used: ${faults.slice(0, 3).join('; ')}.`);
  }
  return { book: new FormatBook(usable), problems };
}
