/** The data folder holds cases, settings and custom formats. */
import { resolve } from 'node:path';
import envPaths from 'env-paths';

/**
 * Returns the application's data folder, the same in every shell. `POSTRUN_DATA_DIR` overrides it.
 */
export function defaultDataDir(): string {
  const override = process.env.POSTRUN_DATA_DIR;
  return override ? resolve(override) : envPaths('postrun', { suffix: '' }).data;
}
