/** A stream of bytes whose beginning has been looked at. */
export interface SniffedSource {
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  /** Where in the file the first chunk stands. */
  start: number;
  /** Bytes of a byte order mark, which are no text. */
  skip: number;
  chunks: AsyncIterator<Buffer>;
  first: Buffer | null;
}

/** A chunk of a source and where in the file it stands. */
export interface Chunks {
  start: number;
  chunks: AsyncIterator<Buffer>;
}

/** Look at the first bytes: a byte order mark decides, all else is read as UTF-8 (damaged characters are shown as U+FFFD). */
export async function sniffEncoding(source: Chunks): Promise<SniffedSource> {
  const { start, chunks } = source;
  const next = await chunks.next();
  const first = next.done === true ? null : next.value;
  if (first !== null && start === 0) {
    if (first[0] === 0xff && first[1] === 0xfe)
      return { encoding: 'utf-16le', start, skip: 2, chunks, first: first.subarray(2) };
    if (first[0] === 0xfe && first[1] === 0xff)
      return { encoding: 'utf-16be', start, skip: 2, chunks, first: first.subarray(2) };
    if (first[0] === 0xef && first[1] === 0xbb && first[2] === 0xbf) {
      return { encoding: 'utf-8', start, skip: 3, chunks, first: first.subarray(3) };
    }
  }
  return { encoding: 'utf-8', start, skip: 0, chunks, first };
}

/** The text's bytes as UTF-8, without a byte order mark. */
export async function* decodeChunks(source: SniffedSource): AsyncGenerator<Buffer> {
  const decoder = source.encoding === 'utf-8' ? null : new TextDecoder(source.encoding);
  const convert = (bytes: Buffer | undefined): Buffer =>
    decoder === null ? (bytes ?? Buffer.alloc(0)) : Buffer.from(decoder.decode(bytes, { stream: bytes !== undefined }));
  if (source.first !== null) yield convert(source.first);
  for (;;) {
    const next = await source.chunks.next();
    if (next.done === true) break;
    yield convert(next.value);
  }
  const rest = convert(undefined);
  if (rest.length > 0) yield rest;
}
