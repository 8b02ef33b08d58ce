/**
 * A line listing names the lines of a list so that they can be copied and saved. A row stands for
 * its line and for the folded lines before it.
 */
import type { ListingInput } from '../../../../electron/contract/listing.ts';
import type { RowListing } from '../../../widgets/row-listing.ts';
import { type FoldMap, hiddenBeforeRow, lineOfRow } from './fold-map.ts';

/** Lists the lines of a file or of hits. `listing` is null while they are unknown. */
export function lineListing(listing: ListingInput | null, folds: FoldMap, path: string): RowListing {
  return {
    noun: 'line',
    nouns: 'lines',
    fileName: path.split('/').at(-1) ?? 'lines',
    isOfLines: true,
    of: (ranges) => {
      if (listing === null) return null;
      const lines = ranges?.map(([first, last]): [number, number] => [
        lineOfRow(folds, first) - hiddenBeforeRow(folds, first),
        lineOfRow(folds, last),
      ]);
      return { listing, ranges: lines ?? null };
    },
  };
}
