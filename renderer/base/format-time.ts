/** How times are written in the window: as everywhere in Postrun. */
export * from '../../electron/contract/format-time.ts';
