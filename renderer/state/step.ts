/**
 * A step leads from one place to another: to a view, a filter, a line, another run. It says only
 * what changes.
 */
import { type Filter, noFilter } from './filter.ts';
import { noOptions, noSelection, type Options, type Place, type Selection } from './location.ts';
import { withOptions } from './view-store.ts';

/** A step to another place. What it leaves out stays unchanged. */
export interface Step {
  view?: string;
  filter?: Partial<Filter>;
  selection?: Partial<Selection>;
  drawer?: boolean;
  order?: 'time' | 'file';
  /** The options that change. An empty text removes one. */
  options?: Options;
  source?: string | null;
  root?: string | null;
}

/** Returns the place that a step leads to. `initialPath` is the source the window started with. */
export function placeAfter(place: Place, step: Step, initialPath: string | null): Place {
  const { filter, selection, options = noOptions, ...rest } = step;
  // The source that the window was started with is omitted, so that its links are short.
  if (rest.source === initialPath) rest.source = null;
  const isOtherCase = rest.source !== undefined && rest.source !== place.source;
  // Another run has other nodes, times and lines.
  const base = isOtherCase
    ? { ...place, root: null, filter: noFilter, selection: noSelection, drawer: false, options: noOptions }
    : place;
  const nextFilter = { ...base.filter, ...filter };
  const isOtherRange = nextFilter.fromUs !== base.filter.fromUs || nextFilter.toUs !== base.filter.toUs;
  return {
    ...base,
    ...rest,
    filter: nextFilter,
    selection: { ...base.selection, ...selection },
    options: withOptions(base.options, {
      // A step to another range zooms to it, unless the step says otherwise.
      ...(isOtherRange ? { zoom: '' } : {}),
      // A step to a view shows all of it, not the two attempts compared there before.
      ...(rest.view === undefined ? {} : { attempts: '' }),
      ...options,
    }),
  };
}
