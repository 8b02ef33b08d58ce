/** How times are written in the window: as everywhere in Postrun. */
export * from '../../electron/contract/format-time.ts';

/** A time in files that leave the window: ISO 8601 in UTC, whatever the window shows. */
export const isoOf = (us: number): string => new Date(us / 1000).toISOString();
