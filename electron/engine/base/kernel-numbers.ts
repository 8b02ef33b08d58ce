/**
 * Kernel numbers are the constants that the TypeScript of the index and its WebAssembly kernel must
 * agree on. They are defined here only: `npm run build:kernel` writes them, with the types of
 * `kernelNumberTypes`, to `kernel/assembly/numbers.ts`.
 */

/** Longest token, in bytes: a longer run of letters is cut into pieces. */
export const TOKEN_MAX = 64;
/**
 * Shortest token, in bytes, whose text goes into the vocabulary. Shorter parts are in so many
 * tokens that a scan is cheaper than a look-up.
 */
export const MIN_VOCABULARY_BYTES = 3;
/** Largest page of vocabulary text, before compression. */
export const VOCABULARY_PAGE_BYTES = 512 * 1024;

/** Factors of the token hash. */
export const HASH_FIRST = 0x9e3779b97f4a7c15n;
export const HASH_SECOND = 0xc2b2ae3d27d4eb4fn;
export const HASH_LAST = 0xd6e8feb86659fd93n;
/** Start value of the hash of a character beyond ASCII. */
export const HASH_CHARACTER = 0xffn;
/** Turns eight ASCII bytes to lower case by OR: digits stay, `_` becomes 0x7f. */
export const LOWER_CASE_BITS = 0x2020202020202020n;

/** Forms of a posting list: block numbers, a bitmap, or every block. */
export const FORM_LIST = 0;
export const FORM_BITMAP = 1;
export const FORM_ALL = 2;

/**
 * Where `YYYY-MM-DD HH:MM:SS,mmm|` has its seconds, the mark before the milliseconds, and the bar
 * after them.
 */
export const SECONDS_AT = 17;
export const MILLIS_MARK_AT = 19;
export const TIME_BAR_AT = 23;

/**
 * How many lines of a block are remembered to compare others with, one for each value of the level
 * letter's low bits.
 */
export const KNOWN_LINE_SLOTS = 8;

/** Buckets of literals that are searched for at once, and the shortest literal, in bytes. */
export const LITERAL_BUCKETS = 8;
export const LITERAL_MIN_BYTES = 4;

/** Largest input of the finder of lines with a literal, in bytes. */
export const FINDER_MAX_BYTES = 256 * 1024;

/** The AssemblyScript type of each number. */
export const kernelNumberTypes = {
  TOKEN_MAX: 'i32',
  MIN_VOCABULARY_BYTES: 'i32',
  VOCABULARY_PAGE_BYTES: 'i32',
  HASH_FIRST: 'u64',
  HASH_SECOND: 'u64',
  HASH_LAST: 'u64',
  HASH_CHARACTER: 'u64',
  LOWER_CASE_BITS: 'u64',
  FORM_LIST: 'u32',
  FORM_BITMAP: 'u32',
  FORM_ALL: 'u32',
  SECONDS_AT: 'i32',
  MILLIS_MARK_AT: 'i32',
  TIME_BAR_AT: 'i32',
  KNOWN_LINE_SLOTS: 'i32',
  LITERAL_BUCKETS: 'i32',
  LITERAL_MIN_BYTES: 'i32',
  FINDER_MAX_BYTES: 'i32',
} as const;
