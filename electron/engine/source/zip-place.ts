/** Location of an entry within a zip. Offsets and sizes are in bytes. */
export interface ZipPlace {
  /** Offset of the local file header. */
  offset: number;
  compressedBytes: number;
  /** 0 stored, 8 deflated. */
  method: number;
  crc: number;
}
