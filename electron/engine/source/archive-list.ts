import { extract, type Header } from 'tar-stream';
import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import type { ByteCursor } from './cursor.ts';
import { DamageError } from './decode.ts';
import type { SourceEntry, SourceProblem } from './entry.ts';
import type { Step } from './inside.ts';
import { collectEntries } from './zip.ts';

/** A file in an archive, under the name that the archive gives it. */
export interface Member {
  name: string;
  bytes: number;
  modifiedUs: number | null;
  step: Step;
}

export interface MemberList {
  members: Member[];
  /** Paths as the archive names them; null for the archive itself. */
  problems: SourceProblem[];
}

/** The end of an inner zip that is kept while it streams by: its directory has to lie within. */
const TAIL_BYTES = 48 * 1024 * 1024;

/** Where its data begins is not in the library's types. */
type TarHeader = Header & { byteOffset?: number };
/** Nor is this: headers without the mark of a later format are read too, their checksums are held against them. */
const TAR_OPTIONS: object = { allowUnknownFormat: true };

/** List a tar by reading its headers as it streams by. What follows a damage is missing, and said to be. */
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
      const { name, size, type } = header;
      if (members.length >= mostMembers) {
        isFull = true;
        break;
      }
      if (type === 'file' || type === 'contiguous-file') {
        const mtime = header.mtime.getTime();
        members.push({
          name,
          bytes: size,
          modifiedUs: Number.isFinite(mtime) ? mtime * 1000 : null,
          step: { type: 'range', offset: header.byteOffset ?? 0, bytes: size },
        });
      } else if (type === 'symlink' || type === 'link') {
        problems.push({ path: name, kind: 'link', message: 'A link in an archive is not followed.' });
      }
      entry.resume();
    }
  } catch (cause) {
    failure ??= cause instanceof Error ? cause : new Error(String(cause));
  }
  tar.destroy();
  await fed;
  if (isFull) problems.push(tooMany(mostMembers));
  else if (failure !== null) problems.push(damaged(failure, members.length));
  return { members, problems };
}

/** List a zip that lies in another archive by its directory, which stands at its end: all of it streams by, its end is kept. */
export async function listInnerZip(cursor: ByteCursor, mostMembers: number): Promise<MemberList> {
  const tail = new TailReader();
  const found: SourceEntry[] = [];
  const problems: SourceProblem[] = [];
  try {
    for await (const chunk of cursor.take(Number.POSITIVE_INFINITY)) tail.add(chunk);
    const zip = await fromRandomAccessReaderPromise(tail, tail.size, {
      lazyEntries: true,
      decodeStrings: false,
      validateEntrySizes: false,
    });
    await collectEntries(zip, found, problems);
  } catch (cause) {
    problems.push(damaged(cause instanceof Error ? cause : new Error(String(cause)), found.length));
  }
  if (found.length > mostMembers) {
    found.length = mostMembers;
    problems.push(tooMany(mostMembers));
  }
  const members = found.flatMap(({ path, bytes, modifiedUs, zip }): Member[] =>
    zip === null ? [] : [{ name: path, bytes, modifiedUs, step: { type: 'zip', place: zip, bytes } }],
  );
  return { members, problems };
}

function tooMany(most: number): SourceProblem {
  return {
    path: null,
    kind: 'too_many_files',
    message: `The archive holds more than ${most.toLocaleString('en-US')} files; the rest is not read. Unpack it and open the folder.`,
  };
}

function damaged(cause: Error, members: number): SourceProblem {
  const kept = members === 0 ? 'No file in it could be found.' : 'The files before that are kept, some may be missing.';
  const kind = cause instanceof DamageError ? cause.kind : 'damaged';
  const reason = cause.message.replace(/\.$/, '').slice(0, 200);
  return { path: null, kind, message: `The archive could not be read to its end (${reason}). ${kept}` };
}

/** The end of a stream, as a file that can be read anywhere in it. */
class TailReader extends RandomAccessReader {
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

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.#whole ??= Buffer.concat(this.#chunks);
    const from = position - (this.size - this.#whole.length);
    if (from < 0 || from + length > this.#whole.length) {
      callback(new Error('its directory is too large to be read in a stream'));
      return;
    }
    this.#whole.copy(buffer, offset, from, from + length);
    callback(null);
  }

  override _readStreamForRange(): never {
    throw new Error('only its directory is read here');
  }
}
