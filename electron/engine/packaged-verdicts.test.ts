/**
 * The verdict does not depend on how a run is packed: folder, zip, wrapping folders, CRLF, byte
 * order mark, no final line break, gzip, tar.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { zipFolder } from '../sample/testing/zip.ts';
import { forumRuns } from './analysis/testing/forum-runs.ts';
import { forumWorkRuns } from './analysis/testing/forum-work-runs.ts';
import { reportedRuns } from './analysis/testing/reported-runs.ts';
import type { SmallRun } from './analysis/testing/small-run.ts';
import { writtenRuns } from './analysis/testing/written-runs.ts';
import { TestEngine } from './testing/open-run.ts';

let dir = '';
let engine: TestEngine;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-packaged-'));
  engine = new TestEngine();
});

afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

function put(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  const folder = join(dir, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const mapped = (files: SmallRun, change: (path: string, text: string) => [string, string | Buffer]) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => change(path, text)));

/** The same run, packed otherwise; each gives the path to open. */
const packings: Readonly<Record<string, (name: string, files: SmallRun) => string | Promise<string>>> = {
  zip: (name, files) => zipped(name, files, ''),
  'zip with a wrapping folder': (name, files) => zipped(name, files, 'my download/run_1/'),
  'zip with the prefix of the container': (name, files) => zipped(name, files, 'ExperimentRun/dcid.run_1/'),
  'folder within folders': (name, files) =>
    put(
      name,
      mapped(files, (path, text) => [`a b/c/${path}`, text]),
    ),
  'line ends of Windows': (name, files) =>
    put(
      name,
      mapped(files, (path, text) => [path, text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n')]),
    ),
  'byte order marks': (name, files) =>
    put(
      name,
      mapped(files, (path, text) => [path, `\uFEFF${text}`]),
    ),
  'no final line breaks': (name, files) =>
    put(
      name,
      mapped(files, (path, text) => [path, text.replace(/\n+$/, '')]),
    ),
  'logs in gzip': (name, files) =>
    put(
      name,
      mapped(files, (path, text) => (path.endsWith('.csv') ? [path, text] : [`${path}.gz`, gzipSync(text)])),
    ),
};

async function zipped(name: string, files: SmallRun, prefix: string): Promise<string> {
  const folder = put(name, files);
  const zip = `${folder}.zip`;
  await zipFolder(folder, zip, { prefix });
  return zip;
}

async function verdictOf(path: string) {
  const caseId = await engine.open(path);
  const info = await engine.call('run.info', { caseId });
  await engine.call('case.close', { caseId });
  const { status, firstCause, miniBatches, nodes, findings } = info;
  const cause =
    firstCause === null
      ? null
      : {
          ...{ kind: firstCause.kind, confidence: firstCause.confidence, message: firstCause.message },
          ...{ node: firstCause.node, exception: firstCause.exception, frame: firstCause.frame },
          line: firstCause.evidence[0]?.line,
        };
  const names = nodes.map(({ node, processes }) => ({ node, processes }));
  return {
    status,
    cause,
    miniBatches,
    nodes: names,
    findings: findings.map(({ kind, message }) => ({ kind, message })),
  };
}

/** Some runs of all kinds: each takes nine cases to open. */
const chosen = [...writtenRuns, ...reportedRuns, ...forumRuns, ...forumWorkRuns].filter((_, index) => index % 50 === 1);

test.each(chosen.map((run, index) => [run.name, run, index] as const))('%s', async (_name, { files }, index) => {
  const whole = await verdictOf(put(`${index}`, files));
  for (const [packing, pack] of Object.entries(packings)) {
    const path = await pack(`${index}-${packing.replaceAll(' ', '-')}`, files);
    expect({ packing, ...(await verdictOf(path)) }).toEqual({ packing, ...whole });
  }
});
