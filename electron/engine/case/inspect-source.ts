/**
 * To inspect a source is to tell which runs lie in it, before one of them is opened: in a folder or
 * zip one or several, in a portable case the one that it was made from.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PostrunError } from '../../contract/errors.ts';
import type { SourceInspection } from '../../contract/records.ts';
import { findRunRoots } from '../formats/rows/roots.ts';
import type { SourceListing } from '../source/entry.ts';
import { listSource, sourceName } from '../source/source.ts';
import { getMeta } from '../store/meta.ts';
import { openReadable } from '../store/open.ts';
import { checkPortable, isPortableCase } from './portable-case.ts';

/** The runs of the source at `path`; `dataDir` keeps listings of large archives. */
export async function inspectSource(path: string, dataDir: string): Promise<SourceInspection> {
  const whole = resolve(path);
  return isPortableCase(whole) ? inspectPortable(whole) : inspectionOf(await listSource(sourceOfCase(whole), dataDir));
}

/** The runs that a listed source holds. */
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

/** Bytes of the entries below each of these folders; a source can have many of both. */
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
    const count = (sql: string) => Number(db.prepare(sql).pluck().get());
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

/** The folder of the run to open: the one that is wanted, else the only one. */
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

/** A path to a case's own folder stands for the source that it was made from. */
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
