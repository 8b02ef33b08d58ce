/**
 * Masking replaces the variable parts of a message by their names and keeps their values in order.
 * What is left, the template, is the same for messages of the same kind. Secrets are masked first
 * and whole: once cut into parts they could no longer be recognised.
 */
import { maskSecrets } from './secrets.ts';

export interface Masked {
  template: string;
  values: { name: string; value: string }[];
}

const PARTS: readonly (readonly [string, string])[] = [
  ['time', String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?`],
  ['url', String.raw`\b[a-z][a-z0-9+.-]{1,12}:\/\/[^\s'"<>)\]]+`],
  ['guid', String.raw`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`],
  ['text', String.raw`(?<![\w'])'[^'\n]{0,300}'(?![\w'])|(?<![\w"])"[^"\n]{0,300}"(?![\w"])|'''?[^'\n]{1,300}'''?`],
  ['version', String.raw`[=~<>!]=\s?\d{1,5}(?:\.\d{1,5}){3}\b`],
  ['address', String.raw`\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b`],
  ['path', String.raw`(?<![\w<])(?:[A-Za-z]:\\|\/)[^\s'":,;<>()]+(?:[\/\\][^\s'":,;<>()]+)+`],
  ['hex', String.raw`\b0x[0-9a-fA-F]+\b|\b(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{12,}\b`],
  ['id', String.raw`\b[A-Za-z_][A-Za-z_.-]*\d[\w.-]*\b`],
  ['number', String.raw`(?<![\w.])[-+]?\d+(?:,\d{3})*(?:\.\d+)?(?:[eE][-+]?\d+)?(?:%|(?![\w]))|(?<=\d)(?=ms|s\b)`],
];

const PATTERN = new RegExp(PARTS.map(([name, source]) => `(?<${name}>${source})`).join('|'), 'g');
const NAMES = PARTS.map(([name]) => name);

/** Words with a digit that belong to the language of errors, not to the data. */
const WORDS =
  /^(?:u?int|float|complex|utf|utf-|sha|md|base|x86_|amd|python|py|cuda|sm_|http|oauth|ipv|win|iso-?8859-)\d[\w.-]*$/i;
/** Longer text is cut before it is masked. */
const MAX_CHARS = 400;

/** Replaces the variable parts of a message's first line that is not blank. */
export function maskMessage(message: string): Masked {
  const line = message.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  const text = maskSecrets(line.trim().slice(0, 4 * MAX_CHARS), '<secret>').slice(0, MAX_CHARS);
  const values: Masked['values'] = [];
  const template = text.replace(PATTERN, (found: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    const name = NAMES.find((candidate) => groups[candidate] !== undefined) ?? 'text';
    if (found === '' || (name === 'id' && WORDS.test(found))) return found;
    values.push({ name, value: found });
    return `<${name}>`;
  });
  return { template, values };
}
