/** The window formats times like the rest of Postrun. */
export * from '../../electron/contract/format-time.ts';
