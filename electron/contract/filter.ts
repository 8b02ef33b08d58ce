/**
 * The filter is everything that narrows what is shown: query, facets, level and time. All views
 * share one.
 */
import * as z from 'zod';
import { type Facet, type FacetValue, facetRow, facets } from './facets.ts';
import { levels } from './line-records.ts';

const facetFilter = <T extends z.ZodType>(value: T) =>
  z.object({ include: z.array(value).default([]), exclude: z.array(value).default([]) }).prefault({});
type FacetSchema<T> = ReturnType<typeof facetFilter<z.ZodType<T, T>>>;

function valueSchema(facet: Facet): z.ZodType {
  const { values } = facetRow(facet);
  if (values === 'number') return z.number().int();
  return typeof values === 'string' ? z.string() : z.enum(values);
}

/** One field per row of the table of facets. */
const facetFields = Object.fromEntries(facets.map((facet) => [facet, facetFilter(valueSchema(facet))])) as {
  [F in Facet]: FacetSchema<FacetValue<F>>;
};

/**
 * The clock by which times are read, ordered and filtered: `written`, as the logs have them, or
 * `aligned` to the master's clock where there is good evidence of the offset of a line's node. The
 * text of a line stays as written.
 */
export const clocks = ['written', 'aligned'] as const;
export type ClockChoice = (typeof clocks)[number];
export const clockSchema = z.enum(clocks).default('written');

/**
 * The one global filter of all views. `query` is in the query language (words, "phrases", par*,
 * /regex/i, -not, OR, node:… pid:… batch:… kind:… level:… file:… from:… to:…). The controls fill
 * the other fields, and AND joins both. Within a facet, include means OR and exclude means AND NOT.
 */
export const filterSchema = z.object({
  query: z.string().max(100_000).default(''),
  /**
   * `words`: the query language; `fixed`: the whole query is one literal; `regex`: the whole query
   * is a regular expression.
   */
  mode: z.enum(['words', 'fixed', 'regex']).default('words'),
  /** `smart`: case matters only if the query has a capital letter. */
  matchCase: z.enum(['smart', 'yes', 'no']).default('smart'),
  ...facetFields,
  /** This level or a higher one. */
  minLevel: z.enum(levels).nullable().default(null),
  /**
   * Only lines that begin a record, without those that continue one (tracebacks, wrapped messages).
   */
  firstLines: z.boolean().default(false),
  /** Half-open: [fromUs, toUs). */
  fromUs: z.number().nullable().default(null),
  toUs: z.number().nullable().default(null),
  clock: clockSchema,
});
export type Filter = z.output<typeof filterSchema>;
export type FilterInput = z.input<typeof filterSchema>;
