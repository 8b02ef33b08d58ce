/** Values as they appear in JSON: times as ISO 8601, references as file, line and text. */
import type { LineRef } from './line-records.ts';

/** Formats a time as ISO 8601 in UTC with milliseconds. Null stays null. */
export function isoTime(timeUs: number): string;
export function isoTime(timeUs: number | null): string | null;
export function isoTime(timeUs: number | null): string | null {
  return timeUs === null ? null : new Date(Math.floor(timeUs / 1000)).toISOString();
}

export const refJson = ({ file, line, text }: LineRef) => ({ file, line, text });
