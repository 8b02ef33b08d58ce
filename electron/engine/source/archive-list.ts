/** Members are the files of an archive within a source, found as the archive streams by. */
import { extract, type Header } from 'tar-stream';
import type { ByteCursor } from './cursor.ts';
import { DamageError, type FinePlace } from './decode.ts';
import type { SourceProblem } from './entry.ts';
import { nameDecoder } from './entry-name.ts';
import { HEAD_BYTES, type Step } from './inside.ts';
import { type RandomBytes, readZipDirectory } from './zip-directory.ts';
import { tooMany, zipEntries } from './zip-entries.ts';

/** A file in an archive, under the name that the archive gives it. */
interface Member {
  name: string;
  bytes: number;
  modifiedUs: number | null;
  step: Step;
  /** Its first bytes; null if they were not seen. */
  head: Buffer | null;
}

export interface MemberList {
  members: Member[];
  /** Paths as the archive names them; null for the archive itself. */
  problems: SourceProblem[];
  /** The place where a second pass can find more members. */
  finePlace: FinePlace | null;
}

/** Bytes kept of the end of an inner zip as it streams by; its directory must be within. */
const TAIL_BYTES = 48 * 1024 * 1024;

/** The library's types lack the offset of the data and the possibility of a null type. */
type TarHeader = Omit<Header, 'type'> & {
  type: Header['type'] | null;
  byteOffset?: number;
  pax?: Record<string, string> | null;
};
/**
 * Accept headers without the mark of a later format; their checksums are still verified. Read names
 * as bytes, one character each.
 */
const TAR_OPTIONS: object = { allowUnknownFormat: true, filenameEncoding: 'latin1' };

const SPECIAL_TYPES = new Set<TarHeader['type']>(['character-device', 'block-device', 'fifo']);

/**
 * Lists a tar by reading its headers as it streams by. Members after damage are missing, which is
 * reported.
 */
export async function listTar(cursor: ByteCursor, mostMembers: number): Promise<MemberList> {
  const members: Member[] = [];
  const problems: SourceProblem[] = [];
  const tar = extract(TAR_OPTIONS);
  let failure: Error | null = null;
  let isFull = false;
  tar.on('error', (error: Error) => {
    failure = error;
  });
  const feed = async () => {
    try {
      for await (const chunk of cursor.take(Number.POSITIVE_INFINITY)) {
        if (tar.destroyed) return;
        if (tar.write(chunk)) continue;
        await new Promise<void>((resolve) => {
          tar.once('drain', resolve);
          tar.once('close', resolve);
        });
      }
      tar.end(null);
    } catch (cause) {
      tar.destroy(cause instanceof Error ? cause : new Error(String(cause)));
    }
  };
  const fed = feed();
  try {
    for await (const entry of tar) {
      const header = entry.header as TarHeader;
      if (members.length >= mostMembers) {
        isFull = true;
        break;
      }
      const problem = obstacleOf(header);
      if (problem !== null) problems.push(problem);
      if (header.type === 'file' || header.type === 'contiguous-file') {
        const member = memberOf(header);
        members.push(member);
        entry.on('data', (chunk) => seeHead(member, chunk as Buffer, header));
      } else entry.resume();
    }
  } catch (cause) {
    failure ??= cause instanceof Error ? cause : new Error(String(cause));
  }
  tar.destroy();
  await fed;
  if (isFull) problems.push(tooMany(mostMembers));
  else if (failure !== null) problems.push(damaged(failure, members.length));
  decodeNames(members, problems);
  return { members, problems, finePlace: finePlaceOf(failure) };
}

function finePlaceOf(failure: unknown): FinePlace | null {
  return failure instanceof DamageError ? failure.finePlace : null;
}

function memberOf(header: TarHeader): Member {
  const mtime = header.mtime.getTime();
  return {
    name: header.pax?.['GNU.sparse.name'] ?? header.name,
    bytes: header.size,
    modifiedUs: Number.isFinite(mtime) ? mtime * 1000 : null,
    step: { type: 'range', offset: header.byteOffset ?? 0, bytes: header.size },
    head: Buffer.alloc(0),
  };
}

/** Returns the problem of a member that is not a plain file. */
function obstacleOf({ name, type, pax }: TarHeader): SourceProblem | null {
  if (type === 'symlink' || type === 'link')
    return { path: name, kind: 'link', message: 'A link in an archive is not followed.' };
  if (SPECIAL_TYPES.has(type))
    return { path: name, kind: 'special_file', message: 'A device or pipe in an archive is not read.' };
  if (type === null)
    return {
      path: name,
      kind: 'unknown_member',
      message: 'A member of a kind that is not known (such as an old sparse file) is not read.',
    };
  if (pax != null && Object.keys(pax).some((key) => key.startsWith('GNU.sparse.')))
    return {
      path: pax['GNU.sparse.name'] ?? name,
      kind: 'sparse',
      message: 'The file has holes; it is read without them.',
    };
  return null;
}

/**
 * Keeps a member's first bytes, and skips what precedes the data of a sparse one: a map of decimal
 * lines, in whole blocks.
 */
function seeHead(member: Member, chunk: Buffer, { pax, size, byteOffset }: TarHeader): void {
  if (member.head === null || member.head.length >= HEAD_BYTES) return;
  const isFirst = member.head.length === 0;
  let data = chunk;
  if (isFirst && pax?.['GNU.sparse.major'] === '1') {
    const mapBytes = sparseMapBytes(chunk);
    member.bytes = size - mapBytes;
    member.step = { type: 'range', offset: (byteOffset ?? 0) + mapBytes, bytes: member.bytes };
    data = chunk.subarray(mapBytes);
  }
  member.head = Buffer.concat([member.head, data.subarray(0, HEAD_BYTES - member.head.length)]);
}

/**
 * Returns the size of the map before the data of a sparse file (GNU tar, PAX format 1.0): a count,
 * then two numbers per piece.
 */
function sparseMapBytes(chunk: Buffer): number {
  let at = chunk.indexOf(10) + 1;
  const count = Number(chunk.toString('latin1', 0, Math.max(0, at - 1)));
  for (let k = 0; k < 2 * count && at > 0; k++) at = chunk.indexOf(10, at) + 1;
  return at > 0 && Number.isInteger(count) ? Math.ceil(at / 512) * 512 : 0;
}

/** Decodes names, which have one character per byte, except PAX names, which are always UTF-8. */
function decodeNames(members: Member[], problems: SourceProblem[]): void {
  const bytesOf = (name: string): Buffer | null => (/^[\0-\xff]*$/.test(name) ? Buffer.from(name, 'latin1') : null);
  const names = nameDecoder(members.flatMap(({ name }) => bytesOf(name) ?? []));
  const decode = (name: string): string => {
    const bytes = bytesOf(name);
    return bytes === null ? name : names.decode(bytes);
  };
  for (const member of members) member.name = decode(member.name);
  for (const problem of problems) if (problem.path !== null) problem.path = decode(problem.path);
  if (names.assumed !== null)
    problems.push({
      path: null,
      kind: 'name_encoding',
      message: `File names in this archive are not UTF-8; ${names.assumed} was assumed.`,
    });
}

/**
 * Lists a zip within another archive by the directory at its end: everything streams by, and the
 * end is kept.
 */
export async function listInnerZip(cursor: ByteCursor, mostMembers: number): Promise<MemberList> {
  const tail = new Tail();
  const problems: SourceProblem[] = [];
  const members: Member[] = [];
  let finePlace: FinePlace | null = null;
  try {
    for await (const chunk of cursor.take(Number.POSITIVE_INFINITY)) tail.add(chunk);
    const directory = readZipDirectory(tail, mostMembers);
    if (directory === null) throw new Error('it is no zip, or its directory is missing');
    for (const { path, bytes, modifiedUs, zip } of zipEntries(directory, problems).entries) {
      if (zip === null) continue;
      members.push({ name: path, bytes, modifiedUs, step: { type: 'zip', place: zip, bytes }, head: null });
    }
  } catch (cause) {
    finePlace = finePlaceOf(cause);
    problems.push(damaged(cause instanceof Error ? cause : new Error(String(cause)), members.length));
  }
  return { members, problems, finePlace };
}

function damaged(cause: Error, members: number): SourceProblem {
  const kept = members === 0 ? 'No file in it could be found.' : 'The files before that are kept, some may be missing.';
  const kind = cause instanceof DamageError ? cause.kind : 'damaged';
  const reason = cause.message.replace(/\.$/, '').slice(0, 200);
  return { path: null, kind, message: `The archive could not be read to its end (${reason}). ${kept}` };
}

/** The end of a stream, with random access. */
class Tail implements RandomBytes {
  size = 0;
  #chunks: Buffer[] = [];
  #kept = 0;
  #whole: Buffer | null = null;

  add(chunk: Buffer): void {
    this.size += chunk.length;
    this.#kept += chunk.length;
    this.#chunks.push(chunk);
    while (this.#kept - (this.#chunks[0]?.length ?? 0) >= TAIL_BYTES) this.#kept -= this.#chunks.shift()?.length ?? 0;
  }

  read(position: number, length: number): Buffer {
    this.#whole ??= Buffer.concat(this.#chunks);
    const from = position - (this.size - this.#whole.length);
    if (from < 0) throw new Error('its directory is too large to be read in a stream');
    return this.#whole.subarray(from, from + length);
  }
}
