/**
 * The ratchet counts what the code has too much of. Each number may fall but never rise: `npm run
 * lint` fails if one is above its limit in `ratchet.json`, and prints the worst places. `--update`
 * lowers the limits to the present counts.
 *
 * It finds functions by the indentation that the formatter guarantees, without parsing: a body ends
 * at the first `}` as far left as its head.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fromRoot, root } from './paths.ts';

const MAX_FUNCTION_LINES = 60;
const MAX_FILE_LINES = 300;
const MAX_LINE = 120;
const MAX_COMMENT = 100;
/** A function with more branches is an outlier. */
const MAX_BRANCHES = 20;

export interface SourceText {
  path: string;
  lines: string[];
}

interface FunctionBody {
  line: number;
  lines: number;
  branches: number;
}

/** A directive that makes the linter let something pass. */
const EXCEPTION = /biome-ignore/;

const HEAD =
  /^(\s*)(?!.*\b(?:if|for|while|switch|catch|else|do|class|interface|type|enum|namespace)\b[^=]*\{$).*(?:\)|=>|\)\s*:.*) \{$/;
const BRANCH = /\b(?:if|for|while|case|catch)\b|&&|\|\||\?\?|\?(?=\s)/g;

/** Finds the functions of a formatted file. */
export function functionsOf(lines: readonly string[]): FunctionBody[] {
  return lines.flatMap((head, index): FunctionBody[] => {
    const match = HEAD.exec(head);
    if (match === null) return [];
    const close = `${match[1]}}`;
    const end = lines.findIndex((line, at) => at > index && line.startsWith(close));
    if (end === -1) return [];
    const body = lines.slice(index + 1, end).filter((line) => !/^\s*(?:\*|\/[/*])/.test(line));
    const branches = body.reduce((sum, line) => sum + (line.match(BRANCH)?.length ?? 0), 0);
    return [{ line: index + 1, lines: end - index + 1, branches }];
  });
}

/** The words that begin a type without a capital letter. */
const TYPE_WORDS =
  'any|bigint|boolean|keyof|never|null|number|object|readonly|string|symbol|typeof|undefined|unknown|uPlot|z';
/** What follows `as` in a cast is a type: a name, or a word or a bracket that begins one. */
const CAST = new RegExp(String.raw`[\w)\]}'] as (?:[A-Z]\w*\b(?! [a-z]|[-/]|\. )|[[{('\d]|(?:${TYPE_WORDS})\b)`, 'g');

/** Returns a line without its texts and its comment, or nothing of an import. */
function codeOf(line: string): string {
  if (/^\s*(?:import|\*|\/|export (?:type )?[{*])/.test(line)) return '';
  return line.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\$]|\\.)*`/g, "''").replace(/\/\/ .*/, '');
}

/** Something that is counted. Each place has a text that says where it is, and how bad. */
interface Measure {
  name: string;
  places: (file: SourceText) => { at: string; size: number }[];
}

const onLines = (test: (line: string) => number) => (file: SourceText) =>
  file.lines.flatMap((line, index) => {
    const size = test(line);
    return size > 0 ? [{ at: `${file.path}:${index + 1}`, size }] : [];
  });
const onFunctions = (size: (one: FunctionBody) => number, most: number) => (file: SourceText) =>
  functionsOf(file.lines).flatMap((one) =>
    size(one) > most ? [{ at: `${file.path}:${one.line}`, size: size(one) }] : [],
  );

/**
 * Files whose long lines are log text: what a sample run writes, and the runs that tests keep.
 * Broken lines could no longer be compared with a log.
 */
const isData = (path: string) => /^electron\/sample\/|\/testing\/\w+-runs\.ts$/.test(path);

export const measures: readonly Measure[] = [
  { name: `functions over ${MAX_FUNCTION_LINES} lines`, places: onFunctions((one) => one.lines, MAX_FUNCTION_LINES) },
  {
    name: `functions with more than ${MAX_BRANCHES} branches`,
    places: onFunctions((one) => one.branches, MAX_BRANCHES),
  },
  {
    name: `files over ${MAX_FILE_LINES} lines`,
    places: ({ path, lines }) => (lines.length > MAX_FILE_LINES ? [{ at: path, size: lines.length }] : []),
  },
  {
    name: 'files that do not open with a paragraph',
    places: ({ path, lines }) => (/^(?:\/\*\*|#!)/.test(lines[0] ?? '') ? [] : [{ at: path, size: 1 }]),
  },
  {
    name: `lines over ${MAX_LINE} characters`,
    places: (file) => (isData(file.path) ? [] : onLines((line) => (line.length > MAX_LINE ? line.length : 0))(file)),
  },
  {
    name: `comment lines over ${MAX_COMMENT} characters`,
    // A linter directive cannot be broken.
    places: onLines((line) =>
      line.length > MAX_COMMENT && /^\s*(?:\/\*\*|\*|\/\/) /.test(line) && !EXCEPTION.test(line) ? line.length : 0,
    ),
  },
  {
    name: 'casts (`as`), other than `as const`',
    places: onLines((line) => codeOf(line).match(CAST)?.length ?? 0),
  },
  {
    name: 'members marked `private` instead of `#`',
    places: onLines((line) => (/^\s+private (?!constructor)/.test(line) ? 1 : 0)),
  },
  { name: 'exceptions from the linter', places: onLines((line) => (EXCEPTION.test(line) ? 1 : 0)) },
];

function sources(): SourceText[] {
  return globSync('{electron,renderer,build,e2e}/**/*.{ts,tsx}', { cwd: root })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/\.test\.tsx?$|-wasm\.ts$|assembly\/numbers\.ts$/.test(path))
    .map((path) => ({ path, lines: readFileSync(fromRoot(path), 'utf8').trimEnd().split('\n') }));
}

type Limits = Record<string, number>;

if (import.meta.main) {
  const limitsPath = fromRoot('build/ratchet.json');
  const limits: Limits = JSON.parse(readFileSync(limitsPath, 'utf8'));
  const isUpdate = process.argv.includes('--update');
  const files = sources();
  const next: Limits = {};
  for (const { name, places } of measures) {
    const found = files.flatMap(places).sort((a, b) => b.size - a.size);
    const limit = limits[name] ?? Number.POSITIVE_INFINITY;
    next[name] = Math.min(limit, found.length);
    console.log(`ratchet: ${String(found.length).padStart(5)} of at most ${limit} ${name}`);
    if (found.length <= limit) continue;
    process.exitCode = 1;
    console.error(
      found
        .slice(0, 10)
        .map(({ at, size }) => `  ${at} (${size})`)
        .join('\n'),
    );
  }
  if (isUpdate) writeFileSync(limitsPath, `${JSON.stringify(next, null, 2)}\n`);
}
