/** Tests `postrun profile` with the real engine: from a folder, a zip and a portable case. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngineHost } from '../host/engine-host.ts';
import { zipFolder } from '../sample/testing/zip.ts';
import { captureCli } from './testing/capture.ts';

/** Output of `cProfile.Profile().dump_stats` after fact(20) was called 50 times. */
const recorded =
  '+ykD+ghlbnRyeS5weekBAAAA2gRmYWN0KQXpMgAAAGnoAwAAZ7yBru9WpTM/Z7yBru9WpTM/eykDcgEAAAByAgAAAHIDAAAAKQRptgMAAHIEAAAAZ/1jCJ1jgjI/Z/1jCJ1jgjI/KQNyAQAAAOkCAAAA2gNydW4pBHIEAAAAcgQAAABn8dthKjUv8j5nvIGu71alMz8wKQNyAQAAAHIFAAAAcgYAAAApBXICAAAAcgIAAABnu6RiSsGm8D5nCKxUBMOvND97MCkD+gF+6QAAAAD6MDxtZXRob2QgJ2Rpc2FibGUnIG9mICdfbHNwcm9mLlByb2ZpbGVyJyBvYmplY3RzPikFcgIAAAByAgAAAGcsaaQpKxuQPmcsaaQpKxuQPnswMA==';
const path = 'logs/sys/node/3/process007.profile';

let dir = '';
let run = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'postrun-profile-'));
  run = join(dir, 'run');
  await mkdir(join(run, 'logs/sys/node/3'), { recursive: true });
  await writeFile(join(run, path), Buffer.from(recorded, 'base64'));
  await writeFile(join(run, 'logs/sys/node/3/broken.profile'), 'Ordered by: cumulative time\n');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const cli = (...argv: string[]) =>
  captureCli([...argv, '--case-dir', join(dir, 'data')], (dataDir) => startEngineHost({ dataDir, workers: 1 }));

test('profile prints the functions, wherever the run is', async () => {
  const zip = join(dir, 'run.zip');
  await zipFolder(run, zip);
  const saved = join(dir, 'saved.postrun');
  expect(await cli('index', run, '--portable', saved)).toMatchObject({ status: 0 });
  for (const source of [run, zip, saved]) {
    const { stdout, stderr, status } = await cli('profile', source, 'process007.profile', '--json');
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    const rows: unknown[] = JSON.parse(stdout);
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatchObject({ file: 'entry.py', line: 1, name: 'fact', calls: 1_000, primitiveCalls: 50 });
  }
  const csv = await cli('profile', run, path, '--csv', '--limit', '1');
  expect(csv.stdout.split('\r\n')).toEqual([
    'name,file,line,calls,primitiveCalls,totalSeconds,cumulativeSeconds',
    expect.stringMatching(/^run,entry\.py,2,1,1,/),
    '',
  ]);
  expect(await cli('profile', run, 'broken.profile')).toEqual({
    status: 0,
    stdout: 'No functions.\n',
    stderr: 'This is not what cProfile writes.\n',
  });
  expect(await cli('profile', run, 'none.profile')).toMatchObject({ status: 2, stdout: '' });
});
