/**
 * Turns a path on the command line into a complete case: starts the engine, opens, waits, cleans
 * up.
 */

import { join, resolve } from 'node:path';
import type { CaseSummary, IndexProgress } from '../contract/case-records.ts';
import { createClient, type EngineClient } from '../contract/client.ts';
import { PostrunError } from '../contract/errors.ts';
import type { FileRow } from '../contract/file-records.ts';
import { formatCount } from '../contract/format.ts';
import { defaultDataDir } from '../host/data-dir.ts';
import type { Io } from './io.ts';
import type { Output } from './output.ts';
import { createProgressView } from './progress-bar.ts';

/** Options that every command on a run takes. */
export interface CaseOptions {
  json?: boolean;
  csv?: boolean;
  caseDir?: string;
  formats?: string;
  root?: string;
  rebuild?: boolean;
}

export interface Session {
  client: EngineClient;
  /** State when everything was indexed. */
  summary: CaseSummary;
  caseId: string;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  out: Output;
  isTerminal: boolean;
  /** The files by id, fetched once. */
  files(): Promise<Map<number, FileRow>>;
  /** Opens another run beside this one, and waits until it is indexed. */
  open(path: string): Promise<CaseSummary>;
}

/** Returns the folder that keeps cases. */
export function dataDirOf({ caseDir }: { caseDir?: string }): string {
  return caseDir === undefined ? defaultDataDir() : resolve(caseDir);
}

/**
 * Returns the folders of custom formats: the one in the application's data folder, regardless of
 * `--case-dir`, and the one that `--formats` names.
 */
export function formatFolders({ formats }: { formats?: string }): string[] {
  const usual = join(defaultDataDir(), 'formats');
  return formats === undefined ? [usual] : [resolve(formats), usual];
}

/** Opens the run at `path`, waits until it is indexed, and uses it. Always closes the engine. */
export async function withCase<Result>(
  io: Io,
  out: Output,
  path: string,
  options: CaseOptions,
  use: (session: Session) => Promise<Result>,
): Promise<Result> {
  const engine = io.startEngine(dataDirOf(options), formatFolders(options));
  const client = createClient(engine.connect('cli'));
  const interrupt = new AbortController();
  const stopListening = io.onInterrupt(() => interrupt.abort());
  try {
    const opened = await openCase(client, resolve(path), options);
    const progress = await waitUntilIndexed(io, client, opened, options.json === true, interrupt.signal);
    let files: Promise<Map<number, FileRow>> | null = null;
    const { caseId } = opened;
    return await use({
      client,
      summary: { ...opened, progress },
      caseId,
      signal: interrupt.signal,
      out,
      isTerminal: io.stdout.isTTY === true,
      files() {
        files ??= client.call('files.list', { caseId }).then((rows) => new Map(rows.map((row) => [row.fileId, row])));
        return files;
      },
      async open(another) {
        const other = await openCase(client, resolve(another), { ...options, root: undefined });
        const done = await waitUntilIndexed(io, client, other, options.json === true, interrupt.signal);
        return { ...other, progress: done };
      },
    });
  } catch (error) {
    const cause = engine.failure();
    if (cause === null) throw error;
    throw new PostrunError('bug', 'engine_died', `The engine stopped by itself. ${cause.message}`, { cause });
  } finally {
    stopListening();
    client.close();
    await engine.close();
  }
}

/** An engine and the runs opened in it. */
export interface EngineSession {
  client: EngineClient;
  signal: AbortSignal;
  /** Opens every run of a source, one after another, and waits until each is indexed. */
  open(path: string): Promise<CaseSummary[]>;
}

/** Uses an engine for several runs. Always closes it. */
export async function withEngine<Result>(
  io: Io,
  options: CaseOptions,
  use: (session: EngineSession) => Promise<Result>,
): Promise<Result> {
  const engine = io.startEngine(dataDirOf(options), formatFolders(options));
  const client = createClient(engine.connect('cli'));
  const interrupt = new AbortController();
  const stopListening = io.onInterrupt(() => interrupt.abort());
  const { signal } = interrupt;
  try {
    return await use({
      client,
      signal,
      async open(path) {
        const { roots } = await client.call('source.inspect', { path: resolve(path) });
        const opened: CaseSummary[] = [];
        for (const { root } of roots) {
          const summary = await openCase(client, resolve(path), { ...options, root });
          const progress = await waitUntilIndexed(io, client, summary, options.json === true, signal);
          opened.push({ ...summary, progress });
        }
        return opened;
      },
    });
  } finally {
    stopListening();
    client.close();
    await engine.close();
  }
}

async function openCase(client: EngineClient, path: string, options: CaseOptions): Promise<CaseSummary> {
  try {
    return await client.call('case.open', { path, root: options.root ?? null, rebuild: options.rebuild ?? false });
  } catch (error) {
    if (!(error instanceof PostrunError) || error.code !== 'several_roots') throw error;
    const { roots } = await client.call('source.inspect', { path });
    const list = roots.map(({ root, files }) => `--root '${root}' (${formatCount(files, 'file')})`).join(', ');
    throw new PostrunError('user', 'several_roots', `Several runs are in there. Choose one: ${list}`, { where: path });
  }
}

/** Follows the indexing to its end. Ctrl-C cancels it; what was indexed is kept. */
async function waitUntilIndexed(
  io: Io,
  client: EngineClient,
  opened: CaseSummary,
  isQuiet: boolean,
  signal: AbortSignal,
): Promise<IndexProgress> {
  const { caseId } = opened;
  const view = createProgressView(io, isQuiet);
  let last = opened.progress;
  let wake = () => {};
  const off = client.on('case.progressed', (progress) => {
    if (progress.caseId !== caseId) return;
    last = progress;
    view.update(progress);
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener('abort', onAbort);
  try {
    while (!['complete', 'cancelled', 'failed'].includes(last.phase) && !signal.aborted) {
      view.update(last);
      let timer: NodeJS.Timeout | undefined;
      const isSilent = await new Promise<boolean>((resolve) => {
        wake = () => resolve(false);
        timer = setTimeout(() => resolve(true), 500);
      });
      clearTimeout(timer);
      // Events can be missed (one may precede the listener), so ask when it is quiet.
      if (isSilent && !signal.aborted) last = await client.call('case.progress', { caseId });
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    off();
    view.stop();
  }
  if (signal.aborted) {
    await client.call('case.cancel', { caseId });
    throw new PostrunError(
      'cancelled',
      'cancelled',
      'Stopped. What is indexed is kept; the same command goes on from there.',
    );
  }
  if (last.phase !== 'complete') {
    throw new PostrunError('environment', 'indexing_failed', last.message ?? 'The run could not be indexed.', {
      where: opened.source,
    });
  }
  return last;
}
