/**
 * The window's place as a compact, stable hash: `#/logs?q=timeout&node=10.0.0.4&line=12:345`. Names
 * never change their meaning, because people keep links. Defaults are left out, and what cannot be
 * parsed is ignored, so that an old or damaged link still opens something. `navigation.ts` binds
 * the hash to the browser.
 */

import { facetRow, parseFacetValue } from '../../electron/contract/facets.ts';
import type { ClockChoice } from '../../electron/contract/filter.ts';
import { levels } from '../../electron/contract/line-records.ts';
import type { Zone } from '../base/format-time.ts';
import { type Facet, type Filter, facets, noFilter } from './filter.ts';

export interface LineKey {
  fileId: number;
  /** 1-based. */
  line: number;
}

export interface ProcessKey {
  node: string;
  pid: number | null;
  process: string | null;
}

/** The kinds of detail that the drawer can show. It shows the kind selected last. */
export type DetailKind = 'line' | 'miniBatch' | 'process' | 'node' | 'error';

export interface Selection {
  /** The time of the cursor. The time under the pointer is not part of the place. */
  timeUs: number | null;
  line: LineKey | null;
  miniBatchId: string | null;
  process: ProcessKey | null;
  node: string | null;
  /** The signature of an error group. */
  error: string | null;
  detail: DetailKind | null;
}

export const noSelection: Selection = {
  timeUs: null,
  line: null,
  miniBatchId: null,
  process: null,
  node: null,
  error: null,
  detail: null,
};

/**
 * Settings of a view that a link should keep: the zoom of the time axis; the graph's mode, metric
 * and rows; the lanes' height and curve; the run to compare with; files that are merged or side by
 * side. They are texts that the view itself parses and checks.
 */
export const optionNames = [
  'zoom',
  'graph',
  'metric',
  'rows',
  'lanes',
  'curve',
  'with',
  'with-root',
  'swapped',
  'merge',
  'merge-order',
  'merge-title',
  'beside',
  'beside-lock',
  'numbers',
  'numbers-by',
  'numbers-view',
  'attempts',
] as const;
type OptionName = (typeof optionNames)[number];
/** Options at their defaults are absent. */
export type Options = Readonly<Partial<Record<OptionName, string>>>;

export const noOptions: Options = {};

export interface Place {
  view: string;
  /** The path of the open source, if it differs from the one the window was started with. */
  source: string | null;
  root: string | null;
  filter: Filter;
  selection: Selection;
  order: 'time' | 'file';
  wrap: boolean;
  zone: Zone;
  clock: ClockChoice;
  drawer: boolean;
  options: Options;
}

export const defaultPlace: Place = {
  view: 'overview',
  source: null,
  root: null,
  filter: noFilter,
  selection: noSelection,
  order: 'time',
  wrap: false,
  zone: 'utc',
  clock: 'aligned',
  drawer: false,
  options: noOptions,
};

export function encodePlace(place: Place): string {
  const { filter, selection } = place;
  const out: string[] = [];
  const put = (name: string, value: string | number | null) => {
    if (value !== null && value !== '') out.push(`${name}=${typeof value === 'number' ? value : encode(value)}`);
  };
  put('q', filter.query);
  if (filter.mode !== 'words') put('mode', filter.mode);
  if (filter.matchCase !== 'smart') put('case', filter.matchCase);
  for (const facet of facets) {
    const name = facetRow(facet).address;
    const { include, exclude } = filter[facet];
    if (include.length > 0) out.push(`${name}=${encodeList(include)}`);
    if (exclude.length > 0) out.push(`${name}!=${encodeList(exclude)}`);
  }
  put('level', filter.minLevel);
  if (filter.firstLines) out.push('first=1');
  put('from', filter.fromUs);
  put('to', filter.toUs);
  if (selection.line !== null) out.push(`line=${selection.line.fileId}:${selection.line.line}`);
  put('mini-batch', selection.miniBatchId);
  if (selection.process !== null) {
    const { node, pid, process } = selection.process;
    out.push(`process=${encodeList([node, pid ?? '', process ?? ''])}`);
  }
  put('on', selection.node);
  put('error', selection.error);
  put('at', selection.timeUs);
  put('detail', selection.detail);
  if (place.order !== 'time') put('order', place.order);
  if (place.wrap) out.push('wrap=1');
  if (place.zone !== 'utc') put('zone', place.zone);
  if (place.clock !== 'aligned') put('clock', place.clock);
  if (place.drawer) out.push('drawer=1');
  for (const name of optionNames) put(name, place.options[name] ?? null);
  put('open', place.source);
  put('root', place.root);
  return `#/${encode(place.view)}${out.length === 0 ? '' : `?${out.join('&')}`}`;
}

export function decodePlace(hash: string): Place {
  const match = /^#?\/?([^?]*)(?:\?(.*))?$/s.exec(hash);
  const values = new Map<string, string>();
  for (const pair of (match?.[2] ?? '').split('&')) {
    // An exclusion sign belongs to the name, so the name ends at the first “=”.
    const at = pair.indexOf('=');
    if (at > 0) values.set(pair.slice(0, at), pair.slice(at + 1));
  }
  const text = (name: string) => decode(values.get(name) ?? '');
  const number = (name: string) => toNumber(values.get(name));
  const list = (name: string) => decodeList(values.get(name));
  const facetValues = (facet: Facet, name: string) =>
    list(name).flatMap((text) => {
      const value = parseFacetValue(facet, text);
      return value === null ? [] : [value];
    });
  const facetFilters = facets.map((facet) => {
    const name = facetRow(facet).address;
    return [facet, { include: facetValues(facet, name), exclude: facetValues(facet, `${name}!`) }];
  });
  const oneOf = <T extends string>(name: string, allowed: readonly T[]): T | null =>
    allowed.find((each) => each === values.get(name)) ?? null;

  return {
    view: decode(match?.[1] ?? '') || defaultPlace.view,
    source: text('open') || null,
    root: values.has('root') ? text('root') : null,
    filter: {
      query: text('q'),
      mode: oneOf('mode', ['fixed', 'regex'] as const) ?? 'words',
      matchCase: oneOf('case', ['yes', 'no'] as const) ?? 'smart',
      ...(Object.fromEntries(facetFilters) as Pick<Filter, Facet>),
      minLevel: oneOf('level', levels),
      firstLines: values.get('first') === '1',
      fromUs: number('from'),
      toUs: number('to'),
      clock: noFilter.clock,
    },
    selection: {
      timeUs: number('at'),
      line: decodeLine(values.get('line')),
      miniBatchId: text('mini-batch') || null,
      process: decodeProcess(list('process')),
      node: text('on') || null,
      error: text('error') || null,
      detail: oneOf('detail', ['line', 'miniBatch', 'process', 'node', 'error'] as const),
    },
    order: oneOf('order', ['file'] as const) ?? 'time',
    wrap: values.get('wrap') === '1',
    zone: oneOf('zone', ['local'] as const) ?? 'utc',
    clock: oneOf('clock', ['written'] as const) ?? 'aligned',
    drawer: values.get('drawer') === '1',
    options: Object.fromEntries(optionNames.map((name) => [name, text(name)]).filter(([, value]) => value !== '')),
  };
}

/**
 * Escapes only what would break the hash apart, so that a link stays readable. Commas separate the
 * values of a list.
 */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/%(?:3A|2F|40|24|3B|20)/gi, (code) =>
    code === '%20' ? '+' : decodeURIComponent(code),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function encodeList(values: readonly (string | number)[]): string {
  return values.map((value) => encode(String(value))).join(',');
}

function decodeList(text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : text.split(',').map(decode);
}

function toNumber(text: string | undefined): number | null {
  const value = Number(text);
  return text === undefined || text === '' || !Number.isFinite(value) ? null : value;
}

function decodeLine(text: string | undefined): LineKey | null {
  const match = /^(\d+):(\d+)$/.exec(text ?? '');
  return match === null || match[2] === '0' ? null : { fileId: Number(match[1]), line: Number(match[2]) };
}

function decodeProcess(parts: string[]): ProcessKey | null {
  const [node, pid, process] = parts;
  return node === undefined || node === '' ? null : { node, pid: toNumber(pid), process: process || null };
}
