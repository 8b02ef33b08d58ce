/** How numbers, sizes and durations are written in the window: as everywhere in Postrun. */
export * from '../../electron/contract/format.ts';
