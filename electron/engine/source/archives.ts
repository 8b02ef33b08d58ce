/**
 * Expands archives and compressed files: their content replaces them in the listing of a source.
 */
import { join } from 'node:path';
import { listInnerZip, listTar, type MemberList } from './archive-list.ts';
import { ArchiveReader } from './archive-reader.ts';
import { confinePath } from './confine-path.ts';
import { headOf, typeInFolder, typeInZip } from './content-head.ts';
import type { FinePlace } from './decode.ts';
import type { ArchiveListing, SourceEntry, SourceListing, SourceProblem } from './entry.ts';
import { type ArchiveType, archiveType, type Inside, type Step } from './inside.ts';
import { MOST_FILES } from './limits.ts';
import type { ListingCache } from './listing-cache.ts';
import { SourceFile } from './source-file.ts';
import { confineAll, listZip } from './zip.ts';

/**
 * Replaces archives and compressed files by their content: `a/logs.tar.gz` becomes
 * `a/logs.tar.gz/x.txt` and so on, while `a/x.log.gz` keeps its name and is read decompressed. An
 * archive in which no file can be found stays a file.
 */
export async function expandArchives(
  kind: SourceListing['kind'],
  path: string,
  entries: readonly SourceEntry[],
  problems: SourceProblem[],
  cache: ListingCache | null,
): Promise<SourceEntry[]> {
  const reader = new ArchiveReader(kind, path);
  const out: SourceEntry[] = [];
  const taken = new Set(entries.map((entry) => entry.path));
  const zip = kind === 'zip' && entries.some((entry) => entry.zip !== null) ? new SourceFile(path) : null;
  const typeOf = (entry: SourceEntry): ArchiveType | null => {
    if (entry.bytes === 0 && entry.inside === null) return null;
    if (entry.inside !== null) return archiveType(entry.path, null);
    return zip === null ? typeInFolder(path, entry) : typeInZip(zip, entry);
  };
  for (const entry of entries) {
    const type = typeOf(entry);
    if (type === null) {
      out.push(entry);
      continue;
    }
    const inside: Inside = entry.inside ?? {
      path: entry.path,
      bytes: entry.bytes,
      modifiedUs: entry.modifiedUs,
      steps: [],
    };
    if (type.container === null) {
      out.push({ ...entry, inside: withCodec(inside, type) });
      continue;
    }
    const key = JSON.stringify([inside, entry.zip]);
    let list = cache?.get(key) ?? null;
    if (list === null) {
      list = await listMembers(reader, kind, path, entry, inside, type, MOST_FILES - out.length);
      cache?.set(key, list);
    }
    for (const problem of list.problems) problems.push(problem);
    for (const member of list.entries) {
      if (taken.has(member.path)) continue;
      taken.add(member.path);
      out.push(member);
    }
    if (list.entries.length === 0) out.push(entry);
  }
  await reader.close();
  zip?.close();
  return out;
}

async function listMembers(
  reader: ArchiveReader,
  kind: SourceListing['kind'],
  path: string,
  entry: SourceEntry,
  inside: Inside,
  type: ArchiveType,
  most: number,
): Promise<ArchiveListing> {
  const before = withCodec(inside, type);
  let list: MemberList;
  try {
    list =
      type.container === 'zip' && kind === 'folder'
        ? await listFileZip(join(path, inside.path), inside.bytes)
        : await listStream(reader, entry, before, type, most);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    list = { members: [], problems: [{ path: null, kind: 'damaged', message: reason }], finePlace: null };
  }
  const problems = [...list.problems];
  const members = confineAll(
    list.members.map(({ name, bytes, modifiedUs, step, head }): SourceEntry => {
      const steps: Step[] = [...before.steps, step];
      const own = archiveType(name, head);
      if (own?.codec != null && own.container === null) steps.push({ type: own.codec });
      return { path: name, bytes, modifiedUs, zip: entry.zip, inside: { ...before, steps } };
    }),
    problems,
  );
  const entries = members.map((member) => ({ ...member, path: `${entry.path}/${member.path}` }));
  return {
    entries,
    problems: problems.map((problem) => ({
      ...problem,
      path: problem.path === null ? entry.path : `${entry.path}/${confinePath(problem.path)}`,
    })),
  };
}

/**
 * Lists a zip that is a file of a folder: reads its directory in place, or salvages it if that is
 * missing.
 */
async function listFileZip(path: string, bytes: number): Promise<MemberList> {
  const { entries, problems } = await listZip(path, bytes);
  return {
    members: entries.flatMap((found) =>
      found.zip === null
        ? []
        : [
            {
              name: found.path,
              bytes: found.bytes,
              modifiedUs: found.modifiedUs,
              step: { type: 'zip' as const, place: found.zip, bytes: found.bytes },
              head: null,
            },
          ],
    ),
    problems,
    finePlace: null,
  };
}

async function listStream(
  reader: ArchiveReader,
  entry: SourceEntry,
  before: Inside,
  type: ArchiveType,
  most: number,
): Promise<MemberList> {
  const listOnce = async (fine: FinePlace | null): Promise<MemberList> => {
    const { cursor, close } = await reader.open(entry.zip, before, before.steps, fine);
    try {
      return type.container === 'tar' ? await listTar(cursor, most) : await listInnerZip(cursor, most);
    } finally {
      await close();
    }
  };
  const list = await listOnce(null);
  return list.finePlace === null ? list : listOnce(list.finePlace);
}

function withCodec(inside: Inside, type: ArchiveType): Inside {
  return type.codec === null ? inside : { ...inside, steps: [...inside.steps, { type: type.codec }] };
}

const LOOK_BYTES = 64 * 1024;

/**
 * Lists a source that is a single file: an archive other than a zip, a compressed file, or a text
 * such as a captured console. Returns null for anything else.
 */
export async function listFile(
  path: string,
  name: string,
  info: { size: number; mtimeMs: number },
  cache: ListingCache | null,
): Promise<SourceListing | null> {
  const head = headOf(path, LOOK_BYTES);
  const isText = !head.includes(0) || (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  const type = archiveType(name, head);
  if (type === null && !isText) return null;
  const modifiedUs = Math.round(info.mtimeMs * 1000);
  // Under the source's own name, read through the source itself.
  const inside: Inside = { path: '', bytes: info.size, modifiedUs, steps: [] };
  const whole: SourceEntry = { path: name, bytes: info.size, modifiedUs, zip: null, inside };
  const listing: SourceListing = { kind: 'zip', path, entries: [], problems: [] };
  if (info.size === 0) return listing;
  if (type === null) listing.entries = [whole];
  else {
    const named = hasEnding(name, type) ? whole : { ...whole, path: `${name}${endingOf(type)}` };
    const found = await expandArchives('zip', path, [named], listing.problems, cache);
    const within = (whole: string) => (whole.startsWith(`${named.path}/`) ? whole.slice(named.path.length + 1) : whole);
    // Drop the archive's name from the paths: with nothing beside it, it says nothing.
    listing.entries = found.map((entry) => ({ ...entry, path: within(entry.path) }));
    for (const problem of listing.problems) if (problem.path !== null) problem.path = within(problem.path);
  }
  return listing;
}

/** Decides whether the name alone reveals the type, as it must for an entry with an `inside`. */
function hasEnding(name: string, type: ArchiveType): boolean {
  const named = archiveType(name, null);
  return named?.codec === type.codec && named.container === type.container;
}

function endingOf(type: ArchiveType): string {
  return type.container === 'tar' ? '.tar' : type.codec === 'gzip' ? '.gz' : '.zst';
}
