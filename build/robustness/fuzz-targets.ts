/**
 * A fuzz target is one boundary that hostile input crosses, with what must hold there for any
 * input: no exception except one that tells a person what is wrong, no fault of a parser, no figure
 * that nobody could believe, no line lost.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { WebSocket } from 'ws';
import { commands } from '../../electron/contract/contract.ts';
import { emptyFilter } from '../../electron/contract/empty-filter.ts';
import { PostrunError, toErrorInfo } from '../../electron/contract/errors.ts';
import type { PipeMessage, Reply } from '../../electron/contract/pipe.ts';
import { sqlQuestions } from '../../electron/contract/sql-questions.ts';
import { createEngine } from '../../electron/engine/engine.ts';
import { readLines } from '../../electron/engine/formats/custom/samples.ts';
import { formatRows } from '../../electron/engine/formats/rows/registry.ts';
import { createMatcher } from '../../electron/engine/search/match/matcher.ts';
import { parseQuery } from '../../electron/engine/search/query/query.ts';
import { listSource } from '../../electron/engine/source/source.ts';
import { TestEngine } from '../../electron/engine/testing/open-run.ts';
import { createEngineServer } from '../../electron/host/engine-server.ts';
import { memoryPipePair } from '../../electron/host/testing/memory-pipe.ts';
import type { Random } from '../../electron/sample/random.ts';
import { writeSample } from '../../electron/sample/sample.ts';
import { zipFolder } from '../../electron/sample/testing/zip.ts';
import { serve } from '../../electron/serve/serve.ts';
import { figuresOf } from './answers.ts';
import { mutateBytes, mutateText } from './mutate.ts';

interface FuzzTarget {
  /** Tries one input drawn from `random`. Rejects if something that must hold does not. */
  attack(random: Random): Promise<void>;
  close(): Promise<void>;
}

/** Something that must hold does not; `input` broke it. */
export class Broken extends Error {
  readonly input: string | Buffer;
  constructor(message: string, input: string | Buffer) {
    super(message);
    this.name = 'Broken';
    this.input = input;
  }
}

/**
 * Decides whether an error tells a person what is wrong: the input's fault or the machine's, never
 * ours.
 */
function isTold(error: unknown): boolean {
  return error instanceof PostrunError && error.kind !== 'bug';
}

const words = (error: unknown) => {
  const { code, message, detail } = toErrorInfo(error);
  return `${code}: ${message}\n${detail ?? ''}`;
};

const samples = formatRows.flatMap((row) => row.samples).filter((sample) => sample.lines !== undefined);
const lines = samples.flatMap((sample) => sample.lines ?? []);

/** Parsers, on damaged lines from the samples of every format. */
async function createParsersTarget(): Promise<FuzzTarget> {
  return {
    async attack(random) {
      const sample = random.pick(samples);
      const text = (
        random.chance(0.5) ? [...(sample.lines ?? [])] : Array.from({ length: 20 }, () => random.pick(lines))
      ).map((line) => (random.chance(0.5) ? mutateText(random, line) : line));
      try {
        readLines(sample.path, text.join('\n').split('\n'));
      } catch (error) {
        throw new Broken(`${sample.path}: ${words(error)}`, text.join('\n'));
      }
    },
    close: async () => undefined,
  };
}

const QUERIES = [
  'timeout',
  '"most recent call"',
  'time* *out *imeou*',
  '/batch \\d+ did not/i',
  '-traceback (a OR b) c',
  'node:10.0.0.4 pid:123 batch:17 kind:user level:warning file:**/user/** from:2020-05-06T05:50 to:2021',
  '오류 エラー ที่ é',
  '/(?<year>\\d{4})-(?=[^\\s]+)\\p{L}+\\b(?!x)[a-z&&[^b]]{2,5}$/u',
  '(((((a OR "b c") -d*) /e|f/) OR *g*))',
  'is:failed -node:"x y" OR process 7',
];

/**
 * The query language over a case: a query is refused in words, or finds exactly the lines that
 * match it one by one.
 */
async function createQueryTarget(): Promise<FuzzTarget> {
  const { run, close } = await sampleRun({
    nodes: 1,
    processes: 2,
    miniBatches: 10,
    layout: '3',
    failure: 'run_exception',
  });
  const engine = new TestEngine();
  const caseId = await engine.open(run);
  const rows = await engine.search(caseId, {}, 'file', true);
  const words = rows.flatMap(({ text }) => text.split(/\s+/)).filter((word) => word !== '');
  return {
    async attack(random) {
      const base = random.chance(0.5) ? random.pick(QUERIES) : `${random.pick(words)} ${random.pick(words)}`;
      const query = random.chance(0.9) ? mutateText(random, base) : base;
      const mode = random.pick(['words', 'words', 'words', 'fixed', 'regex'] as const);
      let expected: number | null = null;
      try {
        const { expr, typed } = parseQuery({ ...emptyFilter, query, mode });
        const matcher = createMatcher(expr);
        // The matcher does not know what words such as `node:` select.
        if (JSON.stringify(typed) === JSON.stringify({ ...emptyFilter, mode })) {
          expected = rows.filter(({ text }) => matcher.test(text)).length;
        }
      } catch (error) {
        if (!isTold(error)) throw new Broken(toErrorInfo(error).message, query);
        return;
      }
      try {
        const found = await engine.search(caseId, { query, mode });
        if (expected !== null && found.length !== expected)
          throw new Broken(`${mode}: ${found.length} lines found, ${expected} match`, query);
      } catch (error) {
        if (error instanceof Broken) throw error;
        if (!isTold(error) && !/took too long|given up/i.test(String(error))) throw new Broken(String(error), query);
      }
    },
    async close() {
      await engine.close();
      close();
    },
  };
}

const STATEMENTS = [
  ...sqlQuestions.map(({ sql }) => sql),
  "SELECT * FROM lines WHERE text LIKE '%error%' LIMIT 10",
  'SELECT template(text), count(*) FROM lines GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC LIMIT 5',
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT sum(i) FROM n',
  "PRAGMA table_info('lines'); ATTACH 'x' AS y; DROP TABLE runs; SELECT load_extension('x')",
  'SELECT seconds(start_time), node FROM attempts WHERE duration_seconds BETWEEN 1 AND 2 OR pid IN (1, 2, NULL)',
];

/** SQL over a case: a statement is refused in words, or gives rows. */
async function createSqlTarget(): Promise<FuzzTarget> {
  const { run, close } = await sampleRun({ nodes: 2, processes: 2, miniBatches: 10, failure: 'run_exception' });
  const engine = new TestEngine();
  const caseId = await engine.open(run);
  return {
    async attack(random) {
      const sql = mutateText(random, random.pick(STATEMENTS)).slice(0, 100_000);
      try {
        const { queryId } = await engine.call('sql.start', { caseIds: [caseId], sql, maxSeconds: 2, maxRows: 1_000 });
        for (;;) {
          const { state } = await engine.call('sql.rows', { queryId, start: 0, count: 100 });
          if (state.error?.code === 'internal') throw new Broken(state.error.message, sql);
          if (state.complete) break;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        await engine.call('sql.stop', { queryId });
      } catch (error) {
        if (error instanceof Broken) throw error;
        if (!isTold(error)) throw new Broken(words(error), sql);
      }
    },
    async close() {
      await engine.close();
      close();
    },
  };
}

/** Commands that would leave the folder of the test, or wait for something outside it. */
const NOT_CALLED = new Set(['runs.find', 'export.load', 'case.watch']);

/**
 * The contract's boundary: every message gets a reply, and no reply blames Postrun unless the
 * message itself is invalid.
 */
async function createContractTarget(): Promise<FuzzTarget> {
  const { dir, run, close } = await sampleRun({ nodes: 1, processes: 2, miniBatches: 6, failure: 'run_exception' });
  const server = createEngineServer((emit) => createEngine({ dataDir: join(dir, 'data'), emit, workers: 1 }));
  const [mine, theirs] = memoryPipePair();
  server.connect(theirs, 'fuzz', 'nowhere');
  const waiting = new Map<number, (reply: Reply) => void>();
  mine.onMessage((raw) => {
    const message = raw as PipeMessage;
    if (message.type !== 'reply') return;
    waiting.get(message.id)?.(message.reply);
    waiting.delete(message.id);
  });
  let next = 0;
  const ask = (command: string, params: unknown): Promise<Reply> => {
    const id = next++;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      mine.send({ type: 'request', id, command, params });
    });
  };
  const opened = await ask('case.open', { path: run });
  if (!opened.ok) throw new Error(opened.error.message);
  const { caseId } = opened.value as { caseId: string };
  const ids = [caseId, '', 'x', caseId.toUpperCase()];
  const names = Object.keys(commands).filter((name) => !NOT_CALLED.has(name));
  return {
    async attack(random) {
      if (random.chance(0.1)) mine.send(anyValue(random, ids, 3) as PipeMessage);
      const command = random.chance(0.97) ? random.pick(names) : mutateText(random, random.pick(names));
      const params = paramsFor(random, command, ids, dir);
      const reply = await ask(command, params);
      const input = JSON.stringify({ command, params });
      if (reply.ok || reply.error.kind !== 'bug') return;
      if (
        reply.error.code === 'bad_request' ||
        reply.error.code === 'unknown_command' ||
        reply.error.code === 'not_named'
      )
        return;
      throw new Broken(`${reply.error.code}: ${reply.error.message}\n${reply.error.detail ?? ''}`, input);
    },
    async close() {
      await server.close();
      close();
    },
  };
}

const NAMES = [
  ...[
    'caseId',
    'filter',
    'start',
    'count',
    'fileId',
    'line',
    'path',
    'searchId',
    'sql',
    'caseIds',
    'order',
    'id',
    'options',
  ],
  ...[
    'fromUs',
    'toUs',
    'buckets',
    'width',
    'maxPoints',
    'seriesIds',
    'format',
    'listing',
    'choice',
    'notebook',
    'miniBatchId',
  ],
  ...[
    'direction',
    'text',
    'from',
    'timeoutSeconds',
    'maxTries',
    'processId',
    'bins',
    'a',
    'b',
    'queryId',
    'timeUs',
    'clock',
    'rows',
  ],
];

function paramsFor(random: Random, command: string, ids: string[], dir: string): unknown {
  if (random.chance(0.05)) return anyValue(random, ids, 3);
  const numbers = [0, 1, 2, 3, 100, 4_000, -1, 0.5, 2 ** 31, 2 ** 53, 1e308, Number.NaN, Number.POSITIVE_INFINITY];
  const filter = () => ({
    query: mutateText(random, random.pick(QUERIES)).slice(0, 300),
    ...(random.chance(0.3) ? { minLevel: random.pick(['info', 'error', 'x']) } : {}),
    ...(random.chance(0.3) ? { fromUs: random.pick(numbers), toUs: random.pick(numbers) } : {}),
    ...(random.chance(0.3) ? { node: { include: [random.pick(['10.0.0.4', '__proto__', ''])] } } : {}),
  });
  const likely: Record<string, () => unknown> = {
    caseId: () => (random.chance(0.95) ? ids[0] : random.pick(ids)),
    a: () => ids[0],
    b: () => ids[0],
    caseIds: () => [ids[0]],
    filter,
    sql: () => mutateText(random, random.pick(STATEMENTS)).slice(0, 2_000),
    path: () => join(dir, random.pick(['run', 'out', 'none', 'run/logs', '\u0000'])),
    listing: () => ({
      of: random.pick(['file', 'batches', 'attempts', 'group', 'table', 'x']),
      caseId: ids[0],
      filter: filter(),
      fileId: 1,
      id: 'x',
      columns: ['a'],
      rows: [[1]],
    }),
    options: () => ({
      scope: {
        kind: random.pick(['run', 'batch', 'node', 'signature', 'lines']),
        id: random.pick(['1', '10.0.0.4', 'x']),
      },
    }),
    format: () => random.pick(['html', 'md', 'json', 'csv', 'text', 'zip', 'parquet']),
    direction: () => random.pick(['next', 'previous']),
    order: () => random.pick(['time', 'file']),
    clock: () => random.pick(['written', 'aligned', 'x']),
    seriesIds: () => [1, 2, random.pick(numbers)],
    choice: () => ({
      zone: random.pick(['UTC', 'Asia/Seoul', '+99:99', 'x']),
      encoding: random.pick(['utf-8', 'euc-kr', 'x']),
    }),
    notebook: () => ({ marks: [{ path: 'x', line: 1, note: '', text: mutateText(random, 'abc') }] }),
    rows: () => random.int(5),
  };
  // Another request that closes or rebuilds the case would end the other requests' turn.
  if (command === 'case.close' || command === 'case.open') return { caseId: 'x', path: join(dir, 'none') };
  const entries = NAMES.map((name): [string, unknown] => {
    if (random.chance(0.04)) return [name, anyValue(random, ids, 2)];
    return [name, likely[name]?.() ?? random.pick([...numbers, 'x', null, undefined])];
  });
  return Object.fromEntries(entries.filter(() => random.chance(0.97)));
}

function anyValue(random: Random, ids: readonly string[], depth: number): unknown {
  const kind = random.int(depth > 0 ? 10 : 7);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(0.5);
  if (kind === 2) return random.pick([0, -1, 1, 0.1, Number.NaN, Number.NEGATIVE_INFINITY, 2 ** 53, 1e308]);
  if (kind === 3) return random.pick(ids);
  if (kind < 7) return mutateText(random, random.pick(['', 'abc', 'constructor', 'request', '{"a":1}']));
  const values = Array.from({ length: random.int(4) }, () => anyValue(random, ids, depth - 1));
  if (kind === 7) return values;
  const names = ['type', 'id', 'command', 'params', 'toString', 'then', 'length', ...NAMES];
  return Object.fromEntries(values.map((value) => [random.pick(names), value]));
}

/** Longest duration in seconds that a person could believe of a run: ten years. */
const MOST_SECONDS = 10 * 366 * 86_400;

/** Finds the numbers in an answer that nobody could believe, and returns their places. */
export function unbelievable(value: unknown, path = ''): string[] {
  if (typeof value === 'number') {
    const isDuration = /seconds/i.test(path.slice(path.lastIndexOf('.')));
    const most = isDuration ? MOST_SECONDS : 1e18;
    return Number.isFinite(value) && Math.abs(value) <= most ? [] : [`${path} = ${value}`];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => unbelievable(each, `${path}.${key}`));
}

/**
 * Sources: a folder, zip or archive with damaged bytes is refused in words, or opened whole, with
 * all of its lines and every answer.
 */
async function createSourceTarget(): Promise<FuzzTarget> {
  const made: { dir: string; close: () => void; archives: [string, Buffer][]; files: [string, Buffer][] }[] = [];
  for (const [k, layout] of (['1', '2', '3'] as const).entries()) {
    const failure = (['run_exception', 'out_of_memory', 'node_lost'] as const)[k] ?? 'none';
    const { dir, run, close } = await sampleRun({
      nodes: 1,
      processes: 2,
      miniBatches: 4,
      layout,
      failure,
      seed: 3 + k,
    });
    const files = filesOf(run);
    await zipFolder(run, join(dir, 'run.zip'));
    await zipFolder(run, join(dir, 'stored.zip'), { store: true, forceZip64: true });
    const plain = Buffer.concat(files.slice(0, 6).map(([, bytes]) => bytes));
    const tar = await tarOf(files);
    const archives: [string, Buffer][] = [
      ['run.zip', readFileSync(join(dir, 'run.zip'))],
      ['stored.zip', readFileSync(join(dir, 'stored.zip'))],
      ['x.log.gz', gzipSync(plain)],
      ['x.log.zst', zstdCompressSync(plain)],
      ['run.tar', tar],
      ['run.tgz', gzipSync(tar)],
      ['run.tar.zst', zstdCompressSync(tar)],
    ];
    made.push({ dir, close, archives, files });
  }
  return {
    async attack(random) {
      const from = random.pick(made);
      const place = mkdtempSync(join(tmpdir(), 'postrun-fuzz-source-'));
      try {
        const isFolder = random.chance(0.6);
        const damaged: [string, Buffer][] = isFolder
          ? from.files.map(([path, bytes]) => [path, random.chance(0.3) ? mutateBytes(random, bytes) : bytes])
          : [random.pick(from.archives)].map(([path, bytes]) => [path, mutateBytes(random, bytes)]);
        for (const [path, bytes] of damaged) {
          mkdirSync(dirname(join(place, 'run', path)), { recursive: true });
          writeFileSync(join(place, 'run', path), bytes);
        }
        const isWithin = isFolder || random.chance(0.3);
        await openDamaged(
          isWithin ? join(place, 'run') : join(place, 'run', damaged[0]?.[0] ?? ''),
          isFolder ? damaged : null,
        );
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    },
    async close() {
      for (const { close } of made) close();
    },
  };
}

async function openDamaged(source: string, files: readonly [string, Buffer][] | null): Promise<void> {
  const engine = new TestEngine();
  try {
    const caseId = await openIfPossible(engine, source);
    if (caseId === null) return;
    const figures = await figuresOf((name, params) => engine.call(name, params), caseId);
    const absurd = unbelievable(figures);
    if (absurd.length > 0) throw new Broken(`nobody could believe ${absurd.slice(0, 5).join(', ')}`, '');
    const problems = await engine.call('problems.list', { caseId });
    const fault = problems.find(({ kind }) => kind === 'parser_fault');
    if (fault !== undefined) throw new Broken(fault.message, '');
    for (const format of ['html', 'md', 'json'] as const)
      await engine.call('report.render', { caseId, options: {}, format });
    const rows = await engine.search(caseId, {});
    const counted = (await engine.call('files.list', { caseId })).reduce((sum, file) => sum + (file.lines ?? 0), 0);
    if (rows.length !== counted) throw new Broken(`${counted} lines counted, ${rows.length} found`, '');
    if (files !== null) await compareBytes(engine, caseId, files);
  } catch (error) {
    if (error instanceof Broken) throw error;
    throw new Broken(words(error), '');
  } finally {
    await engine.close();
  }
}

async function openIfPossible(engine: TestEngine, source: string): Promise<string | null> {
  try {
    const listing = await listSource(source);
    if (listing.entries.length === 0) throw new Broken('a source of nothing was not refused', '');
    return await engine.open(source, '');
  } catch (error) {
    if (isTold(error)) return null;
    throw error;
  }
}

/** Checks that files read unchanged (UTF-8 text without holes) come out byte for byte. */
async function compareBytes(engine: TestEngine, caseId: string, files: readonly [string, Buffer][]): Promise<void> {
  const ids = new Map((await engine.call('files.list', { caseId })).map(({ path, fileId }) => [path, fileId]));
  for (const [path, bytes] of files) {
    const text = bytes.toString('utf8');
    const fileId = ids.get(path);
    if (fileId === undefined || bytes.length === 0 || !Buffer.from(text).equals(bytes) || /[\0\ufeff\ufffd]/.test(text))
      continue;
    const expected = text.split('\n');
    if (expected.at(-1) === '') expected.pop();
    const found: string[] = [];
    while (found.length < expected.length) {
      const params = { caseId, fileId, start: found.length, count: 10_000, maxChars: 10_000_000, raw: true };
      const { rows } = await engine.call('lines.page', params);
      if (rows.length === 0) break;
      found.push(...rows.map((row) => row.text));
    }
    const differs = expected.findIndex((line, k) => line.replace(/\r$/, '') !== found[k]);
    if (differs !== -1 || found.length !== expected.length)
      throw new Broken(`${path}:${differs + 1} is ${JSON.stringify(found[differs]?.slice(0, 200))}`, bytes);
  }
}

async function sampleRun(
  options: Parameters<typeof writeSample>[1],
): Promise<{ dir: string; run: string; close: () => void }> {
  const dir = mkdtempSync(join(tmpdir(), 'postrun-fuzz-'));
  const run = join(dir, 'run');
  await writeSample(run, options);
  return { dir, run, close: () => rmSync(dir, { recursive: true, force: true }) };
}

function filesOf(folder: string): [string, Buffer][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path))]);
}

async function tarOf(files: readonly [string, Buffer][]): Promise<Buffer> {
  const tar = pack();
  for (const [name, bytes] of files) tar.entry({ name }, bytes);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const REQUESTS = [
  'GET / HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'GET /pipe HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  'POST /enter HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nContent-Length: 5\r\n\r\nabcde',
  'POST /download HTTP/1.1\r\nHost: HOST\r\nCookie: COOKIE\r\nOrigin: http://HOST\r\nContent-Length: 45\r\n\r\n{"command":"listing.save","params":{},"name":"x"}',
  'GET //[::1]:x/../%00%ff?a=b#c HTTP/1.0\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n',
];
const MESSAGES = [
  '{"type":"request","id":1,"command":"case.recent","params":{}}',
  '{"type":"request","id":2,"command":"source.inspect","params":{"path":"/nowhere"}}',
  '{"type":"cancel","id":1}',
];

/**
 * The browser shell: damaged requests and messages, with and without the session. The server
 * survives and answers the next valid one.
 */
async function createServerTarget(): Promise<FuzzTarget> {
  const dir = mkdtempSync(join(tmpdir(), 'postrun-fuzz-'));
  const server = await serve({ dataDir: dir });
  const host = `127.0.0.1:${server.port}`;
  const origin = `http://${host}`;
  const code = new URL(server.newAddress()).hash.slice(1);
  const entered = await fetch(`${origin}/enter`, { method: 'POST', headers: { origin }, body: code });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const send = (bytes: Buffer) =>
    new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.end(bytes));
      socket.setTimeout(2_000, () => socket.destroy());
      socket.on('error', () => undefined);
      socket.on('data', () => undefined);
      socket.on('close', () => resolve());
    });
  const speak = (random: Random) =>
    new Promise<void>((resolve) => {
      const socket = new WebSocket(`ws://${host}/pipe`, { origin, headers: { cookie } });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.on('open', () => {
        for (let k = 0; k < 5; k++)
          socket.send(mutateText(random, random.pick(MESSAGES)), { binary: random.chance(0.1) });
        setTimeout(() => socket.close(), 20);
      });
    });
  return {
    async attack(random) {
      const request = random.pick(REQUESTS).replaceAll('HOST', host).replaceAll('COOKIE', cookie);
      const bytes = random.chance(0.5)
        ? Buffer.from(mutateText(random, request))
        : mutateBytes(random, Buffer.from(request));
      await send(bytes);
      if (random.chance(0.3)) await speak(random);
      const alive = await fetch(origin, { headers: { cookie } }).catch((error: unknown) => String(error));
      if (typeof alive === 'string' || alive.status !== 200)
        throw new Broken(`the server does not answer: ${alive}`, bytes);
      await alive.arrayBuffer();
    },
    async close() {
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export const fuzzTargets = {
  parsers: createParsersTarget,
  query: createQueryTarget,
  sql: createSqlTarget,
  contract: createContractTarget,
  source: createSourceTarget,
  server: createServerTarget,
} as const;
export type FuzzTargetName = keyof typeof fuzzTargets;
