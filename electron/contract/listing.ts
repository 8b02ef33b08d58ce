/**
 * A listing is the rows of one list or table of the window: all rows that match, in the order in
 * which they stand there, not only those that are drawn. It is named by what it lists, so that the
 * engine can read it again to copy or to save it.
 */
import * as z from 'zod';
import { type Command, command } from './commands.ts';
import { filterSchema } from './filter.ts';

/**
 * `text`: lines as `file:line:text`, tables as tab-separated cells without a head. `plain`: lines
 * as their text alone, tables as `tsv`, which has a head.
 */
const listingFormats = ['text', 'plain', 'tsv', 'csv', 'json'] as const;
export type ListingFormat = (typeof listingFormats)[number];

const caseId = z.string().min(1);
/** Lines as they are written: with the codes of a terminal and all states of a progress bar. */
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
  /** The rows of a SQL query that are there by now. */
  z.object({ of: z.literal('query'), queryId: z.string().min(1) }),
  /** Rows that the window itself has made. */
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
  /** Ascending and apart from each other; null for all rows. */
  ranges: z.array(range).max(100_000).nullable().default(null),
  format: z.enum(listingFormats),
};

export interface ListingPart {
  text: string;
  /** Rows in `text`. */
  rows: number;
  /** Give this as `from` for the next part; null at the end. */
  next: number | null;
}

export interface SavedListing {
  path: string;
  bytes: number;
  rows: number;
}

/**
 * Take rows out of the window. While a search is still counting, they wait for its rows. Errors:
 * those of what is listed; of `listing.save` also `bad_path`, `exists` (without `force`),
 * `unwritable`.
 */
export const listingCommands = {
  /** One part of the text, about a megabyte; `from` counts the rows that earlier parts had. */
  'listing.read': command<ListingPart>()(z.object({ ...what, from: ordinal.default(0) })),
  /**
   * The next or previous row after `from` with a cell that contains the text, whatever its case;
   * null where there is none.
   */
  'listing.find': command<{ index: number | null }>()(
    z.object({
      listing: listingSchema,
      text: z.string().min(1).max(10_000),
      from: z.number().int().min(-1),
      direction: z.enum(['next', 'previous']),
    }),
  ),
  /** All of it into a file, which appears whole or not at all. */
  'listing.save': command<SavedListing>()(
    z.object({ ...what, path: z.string().min(1).max(32_768), force: z.boolean().default(false) }),
  ),
} satisfies Record<string, Command>;
