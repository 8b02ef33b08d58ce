/**
 * A listing is the rows of one list or table of the window: every matching row in the order shown,
 * not only those drawn. Its description names what it lists, so that the engine can read it again
 * to copy or save it.
 */
import * as z from 'zod';
import { type Command, command } from './commands.ts';
import { filterSchema } from './filter.ts';

/**
 * `text`: lines as `file:line:text`, tables as tab-separated cells without a header. `plain`: only
 * the text of lines; tables as `tsv`, which has a header.
 */
const listingFormats = ['text', 'plain', 'tsv', 'csv', 'json'] as const;
export type ListingFormat = (typeof listingFormats)[number];

const caseId = z.string().min(1);
/** Return lines as written, with terminal codes and every state of a progress bar. */
const raw = z.boolean().default(false);
const ordinal = z.number().int().min(0);
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const listingSchema = z.discriminatedUnion('of', [
  /** The lines that a search found. */
  z.object({ of: z.literal('hits'), searchId: z.string().min(1), raw }),
  /** The lines of a file. */
  z.object({ of: z.literal('file'), caseId, fileId: z.number().int(), raw }),
  z.object({
    of: z.literal('batches'),
    caseId,
    filter: filterSchema,
    sort: z.string().default('startUs'),
    descending: z.boolean().default(false),
  }),
  z.object({ of: z.literal('attempts'), caseId, filter: filterSchema }),
  /** The lines of an error group. */
  z.object({ of: z.literal('group'), caseId, filter: filterSchema, id: z.string().min(1) }),
  /** The rows of a SQL query so far. */
  z.object({ of: z.literal('query'), queryId: z.string().min(1) }),
  /** Rows that the window itself made. */
  z.object({
    of: z.literal('table'),
    columns: z.array(z.string()).max(200),
    rows: z.array(z.array(cell)).max(500_000),
  }),
]);
export type Listing = z.output<typeof listingSchema>;
export type ListingInput = z.input<typeof listingSchema>;

/** First and last ordinal, both included. */
const range = z.tuple([ordinal, ordinal]);
const what = {
  listing: listingSchema,
  /** Ascending and disjoint; null for all rows. */
  ranges: z.array(range).max(100_000).nullable().default(null),
  format: z.enum(listingFormats),
};

export interface ListingPart {
  text: string;
  /** Rows in `text`. */
  rows: number;
  /** Pass this as `from` for the next part. Null at the end. */
  next: number | null;
}

export interface SavedListing {
  path: string;
  bytes: number;
  rows: number;
}

/**
 * Commands that copy or save rows of the window. While a search is still counting, they wait for
 * its rows. Errors: those of the listed thing; for `listing.save` also `bad_path`, `exists`
 * (without `force`), `unwritable`.
 */
export const listingCommands = {
  /** One part of the text, about a megabyte. `from` counts the rows of earlier parts. */
  'listing.read': command<ListingPart>()(z.object({ ...what, from: ordinal.default(0) })),
  /**
   * The next or previous row after `from` with a cell that contains the text, ignoring case. Null
   * if there is none.
   */
  'listing.find': command<{ index: number | null }>()(
    z.object({
      listing: listingSchema,
      text: z.string().min(1).max(10_000),
      from: z.number().int().min(-1),
      direction: z.enum(['next', 'previous']),
    }),
  ),
  /** Saves all rows to a file, which appears whole or not at all. */
  'listing.save': command<SavedListing>()(
    z.object({ ...what, path: z.string().min(1).max(32_768), force: z.boolean().default(false) }),
  ),
} satisfies Record<string, Command>;
