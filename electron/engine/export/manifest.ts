/**
 * The manifest of a data set lists its runs with the fingerprints of their sources, and each file
 * with rows, size and checksum. It is written last and completely, so everything it names exists.
 * The journal lists the finished parts of a running export, so that the export can resume.
 */
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { PostrunError } from '../../contract/errors.ts';
import { SQL_SCHEMA_VERSION, sqlTableNames } from '../../contract/sql-schema.ts';
import type { PartRecord } from './messages.ts';
import { dataSetFormats } from './part-file.ts';

const MANIFEST = 'manifest.json';

const recordSchema = z.object({
  table: z.enum(sqlTableNames),
  path: z.string(),
  rows: z.number(),
  bytes: z.number(),
  sha256: z.string(),
});

const runSchema = z.object({
  run: z.string(),
  /** Hash over the names and sizes of the files that the run was read from. */
  source: z.string(),
  format: z.enum(dataSetFormats),
  /** Kinds of values that are hidden; null if none. */
  redacted: z.array(z.string()).nullable(),
  exportedAt: z.string(),
  tables: z.array(
    z.object({ table: z.string(), rows: z.number(), files: z.array(recordSchema.omit({ table: true })) }),
  ),
});
export type ManifestRun = z.output<typeof runSchema>;

const manifestSchema = z.object({ schemaVersion: z.number(), runs: z.array(runSchema) });
export type Manifest = z.output<typeof manifestSchema>;

/** Reads the manifest of a folder; empty if there is none. Throws `bad_manifest`. */
export function readManifest(directory: string): Manifest {
  const path = join(directory, MANIFEST);
  if (!existsSync(path)) return { schemaVersion: SQL_SCHEMA_VERSION, runs: [] };
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    parsed = null;
  }
  const manifest = manifestSchema.safeParse(parsed);
  if (!manifest.success || manifest.data.schemaVersion !== SQL_SCHEMA_VERSION) {
    throw new PostrunError(
      'user',
      'bad_manifest',
      'There is a manifest here of something else, or of another version. Choose another folder.',
      { where: path },
    );
  }
  return manifest.data;
}

/** Writes a run to the manifest, replacing its previous entry. */
export function writeManifest(directory: string, run: ManifestRun): void {
  const manifest = readManifest(directory);
  const runs = [...manifest.runs.filter((other) => other.run !== run.run), run];
  runs.sort((a, b) => (a.run < b.run ? -1 : 1));
  const path = join(directory, MANIFEST);
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify({ schemaVersion: SQL_SCHEMA_VERSION, runs }, null, 2)}\n`, {
    flush: true,
  });
  renameSync(temporary, path);
}

/** Identifies an export. An export with a different head does not reuse its parts. */
export interface JournalHead {
  run: string;
  source: string;
  format: string;
  redacted: readonly string[] | null;
}

const doneSchema = z.object({ job: z.string(), records: z.array(recordSchema) });

/**
 * The finished jobs of an export. A line is written when all parts of a job have their final names.
 */
export class Journal {
  readonly #path: string;
  readonly done = new Map<string, PartRecord[]>();

  constructor(directory: string, head: JournalHead) {
    this.#path = join(directory, `.export-${head.run}.jsonl`);
    const first = JSON.stringify({ ...head, schemaVersion: SQL_SCHEMA_VERSION });
    if (existsSync(this.#path)) {
      const [before, ...lines] = readFileSync(this.#path, 'utf8').split('\n');
      if (before === first) {
        for (const line of lines) {
          const parsed = doneSchema.safeParse(jsonOf(line));
          if (parsed.success) this.done.set(parsed.data.job, parsed.data.records);
        }
        return;
      }
    }
    writeFileSync(this.#path, `${first}\n`);
  }

  add(job: string, records: readonly PartRecord[]): void {
    appendFileSync(this.#path, `${JSON.stringify({ job, records })}\n`);
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The last line may be incomplete.
    return null;
  }
}
