/** Where an entry's bytes lie in a zip. Offsets and sizes in bytes. */
export interface ZipPlace {
  /** Of the local file header. */
  offset: number;
  compressedBytes: number;
  /** 0 stored, 8 deflated. */
  method: number;
  crc: number;
}
