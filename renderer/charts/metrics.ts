/** The names, units and groups of metrics. */

import { metricRows } from '../../electron/contract/metrics.ts';
import type { SeriesInfo } from '../../electron/contract/series-records.ts';
import { formatBytes, formatCompact, formatNumber, formatRate, UNKNOWN } from '../base/format.ts';
import { niceMax } from './series-data.ts';

export type MetricGroup = 'CPU' | 'Memory' | 'Disk' | 'Network' | 'GPU' | 'Other';

export interface MetricLook {
  metric: string;
  title: string;
  group: MetricGroup;
  /** As written after the title: `%`, `bytes/s`. */
  unit: string;
  format: (value: number | null) => string;
  /** Shorter, for the labels of an axis. */
  formatAxis: (value: number) => string;
  /** Returns the height of a scale from 0 that fits the greatest value. */
  scaleTo: (greatest: number) => number;
}

export const metricGroups: readonly MetricGroup[] = ['CPU', 'Memory', 'Disk', 'Network', 'GPU', 'Other'];

function groupOf(metric: string): MetricGroup {
  if (metric.startsWith('cpu')) return 'CPU';
  if (metric.startsWith('mem')) return 'Memory';
  if (metric.startsWith('disk')) return 'Disk';
  if (/^(network|tcp|udp)/.test(metric)) return 'Network';
  return metric.startsWith('gpu') ? 'GPU' : 'Other';
}

export function metricLook(info: Pick<SeriesInfo, 'metric' | 'unit' | 'counter'>): MetricLook {
  const [name = '', part] = splitPart(info.metric);
  const words = metricRows.get(name)?.title ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');
  const title = part === null ? words : `${words}, ${part}`;
  const group = groupOf(name);
  const base = { metric: info.metric, title, group, scaleTo: niceMax };
  if (info.unit === 'bytes') {
    const format = info.counter ? formatRate : formatBytes;
    return { ...base, unit: info.counter ? 'bytes/s' : 'bytes', format, formatAxis: (value) => format(value) };
  }
  if (info.unit === '%') {
    const format = (value: number | null) => (value === null ? UNKNOWN : `${formatNumber(value, 1)} %`);
    return {
      ...base,
      unit: '%',
      format,
      formatAxis: (value) => `${formatNumber(value)} %`,
      scaleTo: (greatest) => shareScale(greatest),
    };
  }
  if (info.unit === 's' && info.counter) {
    // Seconds of CPU per second are the number of busy cores.
    const format = (value: number | null) => (value === null ? UNKNOWN : `${formatNumber(value, 2)} cores`);
    return { ...base, unit: 'cores', format, formatAxis: (value) => trimmed(value) };
  }
  const unit = info.counter ? '/s' : info.unit === 'count' ? '' : info.unit;
  const format = (value: number | null) => (value === null ? UNKNOWN : `${compact(value)}${spaced(unit)}`);
  return { ...base, unit, format, formatAxis: (value) => `${compact(value)}${spaced(unit)}` };
}

/** Scales shares against the whole instead of the data, if wanted. */
export function wholeScale(look: MetricLook, isWhole: boolean): MetricLook {
  if (!isWhole || look.unit !== '%') return look;
  return { ...look, scaleTo: (greatest) => Math.max(100, look.scaleTo(greatest)) };
}

/**
 * Scales by the data, but not beyond the whole unless a sample is. The graphs have a switch to
 * 0–100 %.
 */
function shareScale(greatest: number): number {
  return greatest > 100 ? niceMax(greatest) : Math.min(100, niceMax(greatest));
}

function splitPart(metric: string): [string, string | null] {
  const at = metric.indexOf(':');
  return at < 0 ? [metric, null] : [metric.slice(0, at), metric.slice(at + 1)];
}

function spaced(unit: string): string {
  return unit === '' || unit.startsWith('/') ? unit : ` ${unit}`;
}

function trimmed(value: number): string {
  return formatNumber(value, Number.isInteger(value) ? 0 : Math.abs(value) < 1 ? 2 : 1);
}

function compact(value: number): string {
  return Math.abs(value) < 10 && !Number.isInteger(value) ? formatNumber(value, 1) : formatCompact(Math.round(value));
}

/** In the order of the picker: by group, the most telling metrics first. */
const order = [...metricRows.keys()];

export function compareMetrics(a: MetricLook, b: MetricLook): number {
  const group = metricGroups.indexOf(a.group) - metricGroups.indexOf(b.group);
  if (group !== 0) return group;
  const rank = (look: MetricLook) => {
    const at = order.indexOf(splitPart(look.metric)[0]);
    return at < 0 ? order.length : at;
  };
  return rank(a) - rank(b) || a.metric.localeCompare(b.metric);
}
