/** Tests of the command line on a fake run: output, filters, errors and exit statuses. */
import { describe, expect, test } from 'vitest';
import { openFilter, runFake, startUs } from './testing/fake-run.ts';

const json = async (argv: string[]) => JSON.parse((await runFake([...argv, '--json'])).stdout);
const ref = { file: 'logs/user/10.0.0.4/Process-1.txt', line: 3, text: 'ValueError: =1+1' };

describe('--json prints the shapes of the contract', () => {
  test('index', async () => {
    const result = await json(['index', '/logs.zip']);
    expect(result).toMatchObject({
      case: expect.any(String),
      source: '/logs.zip',
      generation: '1',
      files: 2,
      lines: 1234,
      bytes: 2_000_000,
      seconds: expect.any(Number),
      megabytesPerSecond: expect.any(Number),
      indexBytes: expect.any(Number),
      contentBytes: 0,
      reused: false,
      problems: 1,
    });
  });

  test('info', async () => {
    expect(await json(['info', '/logs.zip'])).toMatchObject({
      source: '/logs.zip',
      generation: '1',
      status: 'failed',
      message: 'Too many\nfailures',
      startedAt: '2020-05-06T05:50:21.118Z',
      endedAt: '2020-05-06T05:51:44.618Z',
      durationSeconds: 83.5,
      nodes: [{ node: '10.0.0.4', processes: 2, miniBatches: 12 }],
      processes: 2,
      miniBatches: { total: 12, processed: 12, succeeded: 9, failed: 3, unfinished: 0, retried: 1 },
      items: { total: 120, succeeded: 90, failed: 30, errorThreshold: 10 },
      firstCause: {
        kind: 'run_exception',
        confidence: 'certain',
        message: 'run() raised ValueError',
        node: '10.0.0.4',
        pid: 77,
        miniBatchId: '3',
        evidence: [ref],
      },
      startHere: [ref],
      findings: [{ kind: 'error_threshold_exceeded', confidence: 'certain', message: 'Over 10 errors', evidence: [] }],
      files: 2,
      lines: 1234,
      bytes: 2_000_000,
      problems: 1,
    });
  });

  test('batches, over several pages as one document', async () => {
    const rows = await json(['batches', '/logs.zip']);
    expect(rows).toHaveLength(2_500);
    expect(rows[3]).toEqual({
      miniBatchId: '3',
      status: 'failed',
      attempts: 1,
      node: '10.0.0.4',
      pid: 77,
      total: 10,
      succeeded: 0,
      failed: 10,
      startedAt: '2020-05-06T05:50:24.118Z',
      endedAt: null,
      durationSeconds: null,
      retries: 0,
    });
    expect(await json(['batches', '/logs.zip', '--limit', '1200'])).toHaveLength(1_200);
  });

  test('attempts', async () => {
    expect(await json(['attempts', '/logs.zip'])).toEqual([
      {
        miniBatchId: '3',
        attempt: 1,
        node: '10.0.0.4',
        pid: 77,
        process: 'Process-1',
        startedAt: '2020-05-06T05:50:21.118Z',
        endedAt: '2020-05-06T05:50:22.618Z',
        durationSeconds: 1.5,
        processSeconds: 1.4,
        runMethodSeconds: 1.3,
        total: 10,
        succeeded: 0,
        failed: 10,
        outcome: 'failed',
        error: '=HYPERLINK("http://x")',
        pickedUp: { ...ref, text: 'picked up' },
        finished: null,
      },
    ]);
  });

  test('search: a line of JSON each', async () => {
    const { stdout, status } = await runFake(['search', '/logs.zip', 'x', '--json']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toEqual({
      file: ref.file,
      line: 1,
      text: 'line 1\u001b[31m red',
      node: '10.0.0.4',
      pid: 77,
      process: 'Process-1',
      miniBatchId: '3',
      level: 'error',
      timestamp: '2020-05-06T05:50:21.118001Z',
      continuation: false,
      ownTimestamp: true,
    });
    expect(await json(['search', '/logs.zip', 'x', '--count'])).toEqual({ matches: 3, files: 1 });
  });

  test('resources', async () => {
    expect(await json(['resources', '/logs.zip'])).toEqual([
      {
        node: '10.0.0.4',
        pid: null,
        process: null,
        metric: 'cpu_percent',
        unit: '%',
        points: [
          ['2020-05-06T05:50:21.118Z', 1],
          ['2020-05-06T05:50:22.118Z', null],
        ],
      },
    ]);
    expect(await json(['resources', '/logs.zip', '--metric', 'none'])).toEqual([]);
  });

  test('files and problems', async () => {
    expect((await json(['files', '/logs.zip']))[0]).toMatchObject({
      file: ref.file,
      kind: 'user',
      node: '10.0.0.4',
      process: 'Process-1',
      pid: 77,
      bytes: 1_000_000,
      lines: 617,
      firstAt: '2020-05-06T05:50:21.118Z',
      lastAt: null,
    });
    expect(await json(['problems', '/logs.zip'])).toEqual([
      { file: ref.file, line: null, kind: 'not_utf8', message: 'Not UTF-8', count: 2 },
    ]);
  });
});

describe('search', () => {
  test('prints file:line:text, raw into a pipe and with control characters shown on a terminal', async () => {
    const piped = await runFake(['search', '/logs.zip', 'x', '--limit', '1']);
    expect(piped.stdout).toBe(`${ref.file}:1:line 1\u001b[31m red\n`);
    const shown = await runFake(['search', '/logs.zip', 'x', '--limit', '1'], { isTerminal: true });
    expect(shown.stdout).toBe(`${ref.file}:1:line 1\\x1b[31m red\n`);
  });

  test("has grep's exit statuses", async () => {
    expect(await runFake(['search', '/logs.zip', 'x'], { rows: 0 })).toMatchObject({
      status: 1,
      stdout: '',
      stderr: '',
    });
    expect(await runFake(['search', '/logs.zip', 'x', '--count'], { rows: 0 })).toMatchObject({
      status: 1,
      stdout: '0\n',
    });
    expect(await runFake(['search', '/logs.zip', 'x', '--count'])).toMatchObject({ status: 0, stdout: '3\n' });
    expect(await runFake(['search', '/logs.zip', '/(/'])).toMatchObject({
      status: 2,
      stderr: 'postrun: The expression is not closed\n',
    });
  });

  test('passes every filter on', async () => {
    const options =
      '--node a --node b --pid 7 --process Process-3 --batch 17 --kind user --level warning --file **/user/** --fixed --ignore-case';
    const { asked } = await runFake([
      ...['search', '/logs.zip', 'C:\\x'],
      ...options.split(' '),
      ...['--from', '2020-05-06T05:50:21.118Z', '--to', '2020-05-06 07:50:22+02:00'],
    ]);
    expect(asked.filters).toEqual([
      {
        ...openFilter,
        query: 'C:\\x',
        mode: 'fixed',
        matchCase: 'no',
        node: { include: ['a', 'b'], exclude: [] },
        pid: { include: [7], exclude: [] },
        process: { include: ['Process-3'], exclude: [] },
        miniBatch: { include: ['17'], exclude: [] },
        kind: { include: ['user'], exclude: [] },
        file: { include: ['**/user/**'], exclude: [] },
        minLevel: 'warning',
        fromUs: startUs,
        toUs: startUs + 882_000,
      },
    ]);
  });

  test('a query that starts with a dash follows --', async () => {
    const { asked } = await runFake(['search', '/logs.zip', '--regex', '--', '-word']);
    expect(asked.filters[0]).toMatchObject({ query: '-word', mode: 'regex', matchCase: 'smart' });
  });

  test('ends quietly when its reader leaves', async () => {
    const ran = await runFake(['search', '/logs.zip', 'x'], { rows: 20_000, readerLeaves: true });
    expect(ran.stderr).toBe('');
    expect(ran.stdout.length).toBeLessThan(400_000);
    expect(ran.status).toBe(0);
  });

  test('prints all of many pages to a slow reader', async () => {
    const { stdout } = await runFake(['search', '/logs.zip', 'x'], { rows: 5_001 });
    expect(stdout.trimEnd().split('\n')).toHaveLength(5_001);
  });
});

describe('tables', () => {
  test('as CSV, with formulas and references made harmless', async () => {
    const { stdout } = await runFake(['attempts', '/logs.zip', '--csv']);
    const [titles, row] = stdout.split('\r\n');
    expect(titles).toMatch(/^miniBatchId,attempt,node,pid,process,startedAt,/);
    expect(row).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(row).toContain(`,${ref.file}:3,`);
  });

  test('as CSV, titles once over several pages', async () => {
    const { stdout } = await runFake(['batches', '/logs.zip', '--csv']);
    expect(stdout.match(/miniBatchId/g)).toHaveLength(1);
    expect(stdout.trimEnd().split('\r\n')).toHaveLength(2_501);
  });

  test('for people', async () => {
    const { stdout } = await runFake(['batches', '/logs.zip', '--limit', '4', '--outcome', 'failed']);
    expect(stdout).toBe(
      [
        'BATCH  STATUS     ATTEMPTS  ITEMS  OK  FAILED  STARTED (UTC)            TOOK  NODE      PID',
        '    0  succeeded         1     10  10       0  2020-05-06 05:50:21.118     –  10.0.0.4  77',
        '    1  succeeded         1     10  10       0  2020-05-06 05:50:22.118     –  10.0.0.4  77',
        '    2  succeeded         1     10  10       0  2020-05-06 05:50:23.118     –  10.0.0.4  77',
        '    3  failed            1     10   0      10  2020-05-06 05:50:24.118     –  10.0.0.4  77',
        '',
      ].join('\n'),
    );
  });

  test('info for people names the root cause and where to start', async () => {
    const { stdout } = await runFake(['info', '/logs.zip']);
    expect(stdout).toContain('Status        failed: Too many\n');
    expect(stdout).toContain('Root cause    run_exception (certain): run() raised ValueError\n');
    expect(stdout).toContain(`${ref.file}:3: ValueError: =1+1\n`);
    expect(stdout).toContain('12 of 12 processed: 9 succeeded, 3 failed, 0 unfinished, 1 retried');
  });
});

describe('errors', () => {
  test('are one line that says what, where and what to do', async () => {
    expect(await runFake(['info', '/missing'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'postrun: There is no such file: /missing: Check the path.\n',
    });
  });

  test('are a document with --json', async () => {
    const { stdout, stderr } = await runFake(['info', '/missing', '--json']);
    expect(JSON.parse(stdout)).toEqual({
      error: { code: 'not_found', message: 'There is no such file. Check the path.', where: '/missing' },
    });
    expect(stderr).toMatch(/^postrun: .*\n$/);
  });

  test('several runs are listed, and --root chooses', async () => {
    const { stderr, status } = await runFake(['info', '/several']);
    expect(status).toBe(2);
    expect(stderr).toContain("Choose one: --root 'a' (2 files), --root 'b' (2 files)");
    expect((await runFake(['info', '/several', '--root', 'b'])).status).toBe(0);
  });

  test('of indexing say why', async () => {
    expect((await runFake(['index', '/broken'])).stderr).toBe('postrun: The disk is full: /broken: Free some space.\n');
  });

  test.each([
    [['search', '/logs.zip', 'x', '--fixed', '--regex'], /cannot be used with/],
    [['search', '/logs.zip', 'x', '--level', 'loud'], /Allowed choices are debug/],
    [['search', '/logs.zip', 'x', '--kind', 'loud'], /Known: progress/],
    [['search', '/logs.zip', 'x', '--from', 'noon'], /Not a time: noon: Write it in ISO 8601/],
    [['search', '/logs.zip', 'x', '--limit', '-1'], /whole number/],
    [['searhc', '/logs.zip'], /^postrun: Unknown command 'searhc': Did you mean search\? Run `postrun --help`/],
    [['info'], /missing required argument 'path'/i],
    [['info', '/logs.zip', '--nonsense'], /unknown option '--nonsense'/i],
  ])('%j is a wrong call', async (argv, message) => {
    const ran = await runFake(argv);
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(ran).toMatchObject({ status: 2, stdout: '' });
  });

  test('Ctrl-C while indexing keeps what is there and says so', async () => {
    const ran = await runFake(['index', '/endless'], { interruptAfter: 20 });
    expect(ran.status).toBe(130);
    expect(ran.asked.cancelled).toEqual(['c']);
    expect(ran.stderr).toBe('postrun: Stopped: What is indexed is kept; the same command goes on from there.\n');
  });
});

test('help and version go to standard output', async () => {
  expect(await runFake(['--version'])).toMatchObject({ status: 0, stdout: '1.2.3\n' });
  const help = await runFake(['search', '--help']);
  expect(help.status).toBe(0);
  expect(help.stdout).toContain('Exit status: 0 something was found');
  const commands = (await runFake(['--help'])).stdout;
  for (const name of 'index info search batches attempts resources files problems serve sample'.split(' ')) {
    expect(commands).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  }
});
