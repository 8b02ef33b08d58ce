/**
 * The scale is what the ruler measures along the lines: the lines of a file, or the time of files
 * merged by time. This module computes its times and level counts from the rows of the files.
 */
import type { FilesView } from '../model/use-files.ts';
import type { RulerScale } from './ruler-model.ts';

export interface Times {
  firstUs: number | null;
  lastUs: number | null;
}

/** Returns the first and last time in some files. */
export function timesOf(fileIds: readonly number[], files: FilesView): Times {
  let firstUs: number | null = null;
  let lastUs: number | null = null;
  for (const id of fileIds) {
    const file = files.byId.get(id);
    if (file === undefined || file.firstUs === null || file.lastUs === null) continue;
    firstUs = firstUs === null ? file.firstUs : Math.min(firstUs, file.firstUs);
    lastUs = lastUs === null ? file.lastUs : Math.max(lastUs, file.lastUs);
  }
  return { firstUs, lastUs };
}

/** Counts the lines of errors and of warnings in some files. */
export function levelCounts(fileIds: readonly number[], files: FilesView): { errors: number; warnings: number } {
  const counts = { errors: 0, warnings: 0 };
  for (const id of fileIds) {
    const file = files.byId.get(id);
    counts.errors += file?.errors ?? 0;
    counts.warnings += file?.warnings ?? 0;
  }
  return counts;
}

/**
 * Returns the scale of the ruler: the lines of a file, or the time of files merged by time. Files
 * one after the other have none.
 */
export function scaleOf(
  kind: 'file' | 'merged' | null,
  order: 'time' | 'file' | null,
  total: number | null,
  { firstUs, lastUs }: Times,
): RulerScale | null {
  if (kind === null || total === null || total === 0) return null;
  if (kind === 'file') return { of: 'lines', total };
  if (order === 'file' || firstUs === null || lastUs === null) return null;
  return { of: 'time', fromUs: firstUs, toUs: Math.max(lastUs, firstUs + 1) };
}

/** Returns the share of the scale, 0 … 1, at a line (0-based) or a time, whichever it measures. */
export function shareAt(scale: RulerScale, place: number): number {
  if (scale.of === 'lines') return Math.min(1, place / scale.total);
  return (place - scale.fromUs) / (scale.toUs - scale.fromUs);
}

/** Returns the line (0-based) or the time at a share of the scale. */
export function placeAt(scale: RulerScale, share: number): number {
  if (scale.of === 'lines') return Math.max(0, Math.min(scale.total - 1, Math.round(share * scale.total)));
  return scale.fromUs + share * (scale.toUs - scale.fromUs);
}
