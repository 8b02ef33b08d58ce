/** The window formats numbers, sizes and durations like the rest of Postrun. */
export * from '../../electron/contract/format.ts';
