/**
 * Inspects a source: which runs it contains, before one of them is opened. A folder or zip has one
 * or several; a portable case has the one it was made from.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SourceInspection } from '../../contract/case-records.ts';
import { PostrunError } from '../../contract/errors.ts';
import { findRunRoots } from '../formats/rows/roots.ts';
import type { SourceListing } from '../source/entry.ts';
import { listSource, sourceName } from '../source/source.ts';
import { getMeta } from '../store/meta.ts';
import { openReadable } from '../store/open.ts';
import { only, selectCells } from '../store/select.ts';
import { checkPortable, isPortableCase } from './portable-case.ts';

/** Returns the runs of the source at `path`. `dataDir` caches listings of large archives. */
export async function inspectSource(path: string, dataDir: string): Promise<SourceInspection> {
  const whole = resolve(path);
  return isPortableCase(whole) ? inspectPortable(whole) : inspectionOf(await listSource(sourceOfCase(whole), dataDir));
}

/** Returns the runs in a listed source. */
export function inspectionOf(listing: SourceListing): SourceInspection {
  const roots = findRunRoots(listing.entries.map((entry) => entry.path));
  const bytes = bytesBelow(
    listing,
    roots.map(({ root }) => root),
  );
  return {
    path: listing.path,
    kind: listing.kind,
    roots: roots.map(({ root, generation, files }) => ({
      root,
      name: root === '' ? sourceName(listing.path) : (root.split('/').at(-1) ?? root),
      files,
      bytes: bytes.get(root) ?? 0,
      generation,
    })),
  };
}

/**
 * Sums the bytes of the entries below each folder. A source can have many entries and many folders.
 */
function bytesBelow({ entries }: SourceListing, folders: readonly string[]): Map<string, number> {
  const below = new Map(folders.map((folder) => [folder, 0]));
  for (const { path, bytes } of entries) {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash);
      const sum = below.get(folder);
      if (sum !== undefined) below.set(folder, sum + bytes);
    }
    const all = below.get('');
    if (all !== undefined) below.set('', all + bytes);
  }
  return below;
}

function inspectPortable(path: string): SourceInspection {
  checkPortable(path);
  const db = openReadable(path);
  try {
    const count = (sql: string) => only(selectCells(db, sql, 'number'));
    const root = {
      root: '',
      name: getMeta(db, 'name') ?? sourceName(path),
      files: count('SELECT count(*) FROM file'),
      bytes: count('SELECT coalesce(sum(bytes), 0) FROM file'),
      generation: null,
    };
    return { path, kind: 'case', roots: [root] };
  } finally {
    db.close();
  }
}

/** Returns the folder of the run to open: the wanted one, otherwise the only one. */
export function chooseRoot(inspection: SourceInspection, wanted: string | null): string {
  if (wanted !== null) {
    if (wanted !== '' && !inspection.roots.some((candidate) => candidate.root === wanted)) {
      throw new PostrunError(
        'user',
        'no_such_root',
        `There is no run at ${wanted}. Runs: ${inspection.roots.map((root) => root.root).join(', ')}.`,
        { where: inspection.path },
      );
    }
    return wanted;
  }
  if (inspection.roots.length > 1) {
    throw new PostrunError(
      'user',
      'several_roots',
      `There are several runs here; choose one: ${inspection.roots.map((root) => root.root || '.').join(', ')}.`,
      { where: inspection.path },
    );
  }
  return inspection.roots[0]?.root ?? '';
}

/** Resolves a path to a case's own folder to the source it was made from. */
export function sourceOfCase(path: string): string {
  const database = join(path, 'case.db');
  if (!existsSync(database)) return path;
  const db = openReadable(database);
  try {
    return getMeta(db, 'source') ?? path;
  } finally {
    db.close();
  }
}
