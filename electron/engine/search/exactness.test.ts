import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyFilter } from '../../contract/empty-filter.ts';
import type { Filter } from '../../contract/filter.ts';
import { Random } from '../../sample/random.ts';
import { writeSample } from '../../sample/sample.ts';
import { createMatcher } from './match/matcher.ts';
import { parseQuery } from './query/query.ts';
import { requirementOf } from './query/requirement.ts';
import { blockMeets, naiveLines, naiveMatch } from './testing/naive.ts';

/**
 * Compares Postrun with a naive scan and with ripgrep, over a sample run with lines of all scripts
 * mixed in: the same queries must find the same line numbers. If ripgrep has no option for our rule
 * (words next to damaged bytes, look-around), only the naive scan is compared.
 */
const ripgrep = spawnSync('rg', ['--version']).status === 0;
const dir = mkdtempSync(join(tmpdir(), 'postrun-exactness-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

type Found = ReadonlySet<number>;
type Corpus = 'plain' | 'crlf' | 'damaged';
interface Case {
  query: string;
  filter?: Partial<Filter>;
  corpus?: Corpus;
  /** Runs the query in ripgrep; null if ripgrep cannot express it. */
  expected: ((ask: Ask) => Promise<Found>) | null;
}
type Ask = (pattern: string, ...options: string[]) => Promise<Found>;

const special = [
  'Timeout TIMEOUT timeout timeouts mytimeout time_out time-out tïmeout',
  'C:\\temp\\x.txt "quoted text" it\'s 100% (a+b)*c [x] {y} ^start end$ a.b a|b',
  'naïve café CAFÉ Straße STRASSE STRAẞE ΣΊΣΥΦΟΣ σίσυφος İstanbul ıstanbul istanbul',
  'taſk TASK task tas\u212a KELVIN \u212aelvin',
  '日本語のログ エラー error エラー123 ログ',
  '오류가 났습니다 대한민국 시작batch17끝 batch17 오류',
  '오류가 났습니다 온도 대한민국 café 東京がか'.normalize('NFD'),
  'ข้อผิดพลาดที่โหนด7 ข้อผิดพลาด 处理batch17失败 错误',
  'emoji 😀😀 done✓ — “smart” ٣٤ १२ x² ½',
  'e\u0301clair éclair \u200djoin a\u00a0b a\u2028b a\u0085b',
  '\r 10%|█         | 1/10\r 20%|██        | 2/10',
  `long ${'abcdefghij'.repeat(30)} ${'x'.repeat(4)} end`,
  '',
  ' ',
  '\t',
  '-',
  'key=value key = value key="a b" {"level": "INFO", "n": 12}',
  'a b  c   d aa ab ba aXb a_b a-b',
  '𐐀𐐨 𐐨𐐀 ﬆ ǅ ǆ Ǆ',
  `${'word '.repeat(300)}tail`,
];

const paths: Record<Corpus, string> = {
  plain: join(dir, 'plain.txt'),
  crlf: join(dir, 'crlf.txt'),
  damaged: join(dir, 'damaged.txt'),
};
const texts = new Map<Corpus, Buffer>();
const cases: Case[] = [];

beforeAll(async () => {
  const run = join(dir, 'run');
  await writeSample(run, { nodes: 2, processes: 2, miniBatches: 12, failure: 'run_exception', seed: 7 });
  const random = new Random(11, 'exactness');
  const lines: string[] = [];
  for (const entry of readdirSync(run, { recursive: true, withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (!entry.isFile()) continue;
    const text = readFileSync(join(entry.parentPath, entry.name)).toString('utf8');
    for (const line of text.split('\n').slice(0, 400)) {
      // The naive scan takes quadratic time in the length of a line.
      lines.push(line.slice(0, 3_000).toWellFormed().replaceAll('\ufffd', '?').replace(/\r+$/, ''));
    }
  }
  for (let k = 0; k < 200; k++) {
    const line = special[random.int(special.length)] ?? '';
    lines.splice(random.int(lines.length), 0, random.int(3) === 0 ? line : mix(line, random));
  }
  // Add blocks of base64, whose tokens have no text in the index.
  const base64Line = () => Buffer.from(Array.from({ length: 90 }, () => random.int(256))).toString('base64');
  lines.splice(lines.length >> 1, 0, ...Array.from({ length: 600 }, () => `payload=${base64Line()}`));
  texts.set('plain', Buffer.from(lines.join('\n')));
  texts.set('crlf', Buffer.from(`${lines.map((line) => line.replaceAll('\r', ' ')).join('\r\n')}\r\n`));
  const damage = [Buffer.from([0xff]), Buffer.from([0xe2, 0x84]), Buffer.from([0xc3]), Buffer.from([0xf0, 0x9f])];
  const parts = lines.flatMap((line) => [
    Buffer.from(line),
    damage[random.int(12)] ?? Buffer.alloc(0),
    Buffer.from('\n'),
  ]);
  texts.set('damaged', Buffer.concat(parts));
  for (const [corpus, bytes] of texts) writeFileSync(paths[corpus], bytes);
  cases.push(...makeCases(lines, random));
});

function mix(line: string, random: Random): string {
  const letters = [...line];
  const from = random.int(letters.length + 1);
  return letters.slice(from, from + random.int(60)).join('');
}

const escapeRegex = (text: string) => text.replace(/[\^$\\.*+?()[\]{}|/]/gu, '\\$&');
const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;
const isWord = (letter: string | undefined) =>
  letter !== undefined && /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]/u.test(letter);
const caseOption = (text: string) => (/\p{Uppercase}/u.test(text) ? '-s' : '-i');

/** Characters that join words, in ripgrep's syntax. Scripts without spaces have none. */
const JOINING =
  '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\x{200c}\\x{200d}]--[\\p{scx=Hangul}\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Bopomofo}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}]';
const UNSPACED =
  /[\p{scx=Hang}\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}]/u;
const joins = (letter: string | undefined) => isWord(letter) && !UNSPACED.test(letter ?? '');

/**
 * Returns true if a text has only one form and no following character can belong to its last one.
 */
const isPlain = (text: string) =>
  new Set([text.normalize('NFC'), text.normalize('NFD'), text]).size === 1 &&
  !/(?:[\u1100-\u11ff\u3041-\u3096\u30a1-\u30fa]|\p{M})$/u.test(text);
const borderBefore = (text: string) => (joins([...text][0]) ? `(?:^|[^${JOINING}])` : '');
const borderAfter = (text: string) => (joins([...text].at(-1)) ? `(?:$|[^${JOINING}])` : '');
// A slash needs no escape, and ripgrep rejects one.
const wholeWord = (text: string) =>
  `${borderBefore(text)}${escapeRegex(text).replaceAll('\\/', '/')}${borderAfter(text)}`;
/** We also find the other forms of a text beyond ASCII, which ripgrep does not. */
const ifPlain = (text: string, find: (ask: Ask) => Promise<Found>) =>
  isPlain(text) || /^[\0-\x7f]*$/.test(text) ? find : null;

/**
 * Finds a whole literal, composed and decomposed, in ripgrep; null if a following character could
 * belong to its last one.
 */
function wholeLiteral(text: string): ((ask: Ask) => Promise<Found>) | null {
  return ifPlain(text, (ask) => ask(wholeWord(text), caseOption(text)));
}

const and = (a: Found, b: Found): Found => new Set([...a].filter((line) => b.has(line)));
const or = (a: Found, b: Found): Found => new Set([...a, ...b]);

function makeCases(lines: string[], random: Random): Case[] {
  const list: Case[] = [];
  const full = lines.filter((line) => line.trim() !== '' && line.length < 2_000);
  const line = () => full[random.int(full.length)] ?? 'x';
  const words = () => line().match(/[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}]+/gu) ?? ['x'];
  const word = () => {
    const all = words();
    return all[random.int(all.length)] ?? 'x';
  };
  const slice = (most: number) => {
    const letters = [...line()];
    const from = random.int(letters.length);
    return letters
      .slice(from, from + 1 + random.int(most))
      .join('')
      .replace(/\r/g, '');
  };
  const asWord = (text: string): Case => ({ query: quote(text), expected: wholeLiteral(text) });
  for (let k = 0; k < 60; k++) {
    const text = word();
    const changed = k % 3 === 0 ? text.toLowerCase() : text;
    if (!['OR', 'AND', 'NOT'].includes(changed)) list.push({ query: changed, expected: wholeLiteral(changed) });
  }
  for (let k = 0; k < 40; k++) {
    const [a, b] = [word().toLowerCase(), word().toLowerCase()];
    const both = (join: (a: Found, b: Found) => Found) => async (ask: Ask) =>
      join(await ask(wholeWord(a), '-i'), await ask(wholeWord(b), '-i'));
    const ifBoth = <T>(value: T) => (isPlain(a) && isPlain(b) ? value : null);
    list.push({ query: `${a} ${b}`, expected: ifBoth(both(and)) });
    if (k % 2 === 0) list.push({ query: `${a} OR ${b}`, expected: ifBoth(both(or)) });
    if (k % 4 === 0) {
      const difference = (x: Found, y: Found): Found => new Set([...x].filter((one) => !y.has(one)));
      list.push({ query: `${a} -${b}`, expected: ifBoth(both(difference)) });
      list.push({ query: `-(${a} OR ${b})`, expected: ifBoth((ask) => ask(`${wholeWord(a)}|${wholeWord(b)}`, '-iv')) });
    }
  }
  for (let k = 0; k < 50; k++) list.push(asWord(slice(40)));
  for (let k = 0; k < 50; k++) {
    const text = slice(12).trim() || 'a';
    list.push({
      query: text,
      filter: { mode: 'fixed' },
      expected: ifPlain(text, (ask) => ask(text, '-F', caseOption(text))),
    });
    const matchCase = k % 2 === 0 ? 'yes' : 'no';
    const option = k % 2 === 0 ? '-s' : '-i';
    list.push({
      query: `*${quote(text)}*`,
      filter: { matchCase },
      expected: ifPlain(text, (ask) => ask(text, '-F', option)),
    });
  }
  for (let k = 0; k < 20; k++) {
    const text = word();
    const [start, end] = [[...text].slice(0, 4).join(''), [...text].slice(-4).join('')];
    list.push({
      query: `${start}*`,
      expected: ifPlain(start, (ask) => ask(`${borderBefore(start)}${escapeRegex(start)}`, caseOption(start))),
    });
    list.push({
      query: `*${end}`,
      expected: ifPlain(end, (ask) => ask(`${escapeRegex(end)}${borderAfter(end)}`, caseOption(end))),
    });
  }
  for (const source of regexes(word, random)) {
    const option = caseOption(source.replace(/\\(?:p\{\w+\}|[^x])/gu, '').replace('x41', 'A'));
    list.push({ query: source, filter: { mode: 'regex' }, expected: (ask) => ask(source, option) });
  }
  for (const source of naiveOnly) list.push({ query: source, filter: { mode: 'regex' }, expected: null });
  for (const text of [
    '',
    'x'.repeat(5_000),
    'word '.repeat(299).trim(),
    'abcdefghij'.repeat(30),
    '"',
    "'",
    '\\',
    '.',
    '$',
    '^',
    '(',
    '[',
    '*',
    '{"level": "INFO"',
    '\t',
    ' ',
    '  ',
    'a b',
    '\u00a0',
    '\u2028',
    '-',
    '--',
    '-e',
    '½',
    '²',
    '٣٤',
  ]) {
    list.push({
      query: text,
      filter: { mode: 'fixed' },
      expected: ifPlain(text, (ask) => ask(text, '-F', caseOption(text))),
    });
    list.push(asWord(text));
  }
  for (let k = 0; k < 30; k++) {
    const text = slice(10).trim() || 'a';
    const find = ifPlain(text, (ask: Ask) => ask(text, '-F', caseOption(text)));
    list.push({ query: text, filter: { mode: 'fixed' }, corpus: 'crlf', expected: find });
    list.push({ query: text, filter: { mode: 'fixed' }, corpus: 'damaged', expected: find });
    const last = escapeRegex(([...line()].at(-1) ?? 'x').replace('\r', 'x'));
    list.push({
      query: `${last}$`,
      filter: { mode: 'regex' },
      corpus: 'crlf',
      expected: (ask) => ask(`${last}$`, caseOption(last)),
    });
    list.push({ ...asWord(slice(20)), corpus: 'damaged', expected: null });
  }
  list.push({ query: '^$', filter: { mode: 'regex' }, corpus: 'crlf', expected: (ask) => ask('^$') });
  return list;
}

function regexes(word: () => string, random: Random): string[] {
  const list = [
    ...[
      '^',
      '$',
      '^$',
      '^\\s*$',
      '.',
      '^.$',
      '\\d{3}\\.\\d+',
      '\\d+\\.\\d+\\.\\d+\\.\\d+',
      '[a-z]+=[0-9]+',
      '\\w+@\\w+',
      '(error|warning)',
    ],
    ...[
      '\\berror\\b',
      '\\bERROR\\b',
      '\\w{20,}',
      '\\W{4,}',
      '\\S{60,}',
      '^\\S+ \\S+ \\S+$',
      '\\p{Lu}{3}',
      '\\p{L}+語',
      '[^\\x00-\\x7f]',
      '😀{2}',
    ],
    ...[
      'é',
      'É',
      'straße',
      'stra[ßẞ]e',
      'σ',
      '[α-ω]',
      'task',
      'TASK',
      'k',
      'ta.k',
      '\\bı',
      'i\\w+bul',
      'x?',
      'a.b',
      'a\\sb',
      'a\\Sb',
      'a[^x]b',
      'a\\wb',
    ],
    ...[
      '\\d',
      '\\D$',
      '^\\D+$',
      '\\s\\s',
      '[\\s\\d]{6}',
      '[^\\s\\w]{3}',
      '(a|b)+c',
      '(?:ab|ba|aa) ',
      '(?i:timeout)',
      '(?i:Time)out',
      '\\.py", line \\d+',
      '"\\w+": ',
    ],
    ...[
      'process.*10',
      'process.*?10',
      '.*mini.*batch.*',
      '^2.*\\d$',
      'mini.?batch',
      '[Pp]rocess-[0-9]+',
      '\\[x\\]',
      '\\{y\\}',
      '\\(a\\+b\\)',
      'C:\\\\temp',
    ],
    ...['\\x41', '\\u{e9}', '\\t', '[[:]x', '[a\\-z]-', '\\Bout', 'time\\B', '𐐨', '[𐐨-𐑏]'],
  ];
  for (let k = 0; k < 20; k++) {
    const [a, b] = [escapeRegex(word()), escapeRegex(word())];
    const between = ['.*', '.+', '\\W+', '\\s', '.{0,20}', '[^0-9]*'][random.int(6)] ?? '';
    list.push(`${a}${between}${b}`, `(${a}|${b})`, `\\b${a.slice(0, 3).replace(/\\$/, '')}\\w*`);
  }
  return list.filter((source) => source !== '[[:]x' && source !== '[𐐨-𐑏]');
}

const naiveOnly = [
  '(\\w)\\1\\1',
  '(?<!\\w)time',
  'time(?!out)',
  '(?=.*error)(?=.*10)',
  '^(?!.*\\d)',
  '(?<=^|\\s)a(?=\\s|$)',
  '(?<q>["\']).*\\k<q>',
  'a\\_b',
  '[\\w\\-]{30}',
  '[[:]x',
  '{y}',
];

function ask(corpus: Corpus): Ask {
  return (pattern, ...options) =>
    new Promise((resolve, reject) => {
      const crlf = corpus === 'crlf' ? ['--crlf'] : [];
      const all = [
        '--no-config',
        '-n',
        '-a',
        '--color=never',
        '--encoding=none',
        ...crlf,
        ...options,
        '-e',
        pattern,
        paths[corpus],
      ];
      execFile('rg', all, { encoding: 'latin1', maxBuffer: 1 << 28 }, (error, output, problem) => {
        // Status 1 means nothing found.
        if (error !== null && error.code !== 1) reject(new Error(`rg ${all.join(' ').slice(0, 300)}: ${problem}`));
        resolve(new Set(output.split('\n').flatMap((line) => (line === '' ? [] : [Number.parseInt(line, 10) - 1]))));
      });
    });
}

const exprOf = (one: Case) => parseQuery({ ...emptyFilter, ...one.filter, query: one.query }).expr;
const bytesOf = (one: Case) => texts.get(one.corpus ?? 'plain') ?? Buffer.alloc(0);

/** Returns the numbers of the matching lines, and those that the index would have missed. */
function search(one: Case): { found: number[]; missed: string[] } {
  const bytes = bytesOf(one);
  const expr = exprOf(one);
  const matcher = createMatcher(expr);
  const requirement = requirementOf(expr);
  const found: number[] = [];
  const missed: string[] = [];
  matcher.findLines(bytes, 0, bytes.length, (start, end, index) => {
    found.push(index);
    if (!blockMeets(requirement, bytes.subarray(start, end))) missed.push(bytes.toString('utf8', start, end));
    return undefined;
  });
  return { found, missed };
}

const ascending = (lines: Iterable<number>) => [...lines].sort((a, b) => a - b);

describe('the same lines', () => {
  test('as a naive scan, from blocks that the index does not exclude', () => {
    const lines = new Map([...texts].map(([corpus, bytes]) => [corpus, naiveLines(bytes)]));
    let finding = 0;
    for (const one of cases) {
      const { found, missed } = search(one);
      const expr = exprOf(one);
      const naive = (lines.get(one.corpus ?? 'plain') ?? []).flatMap((line, k) => (naiveMatch(expr, line) ? [k] : []));
      expect(found, JSON.stringify(one)).toEqual(naive);
      expect(missed, JSON.stringify(one)).toEqual([]);
      if (found.length > 0) finding++;
    }
    expect(cases.length).toBeGreaterThan(400);
    expect(finding).toBeGreaterThan(cases.length * 0.7);
  });

  test.skipIf(!ripgrep)('as ripgrep', async () => {
    let compared = 0;
    const waiting = cases.filter((one) => one.expected !== null);
    const work = async () => {
      for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
        const expected = await one.expected?.(ask(one.corpus ?? 'plain'));
        const { found } = search(one);
        expect(found, JSON.stringify(one)).toEqual(ascending(expected ?? []));
        compared++;
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    expect(compared).toBeGreaterThan(300);
  });
});
