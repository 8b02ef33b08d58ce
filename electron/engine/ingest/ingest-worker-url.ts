/** Locates the script of the ingest worker, in the sources and in the bundle. */
import { workerUrl } from '../base/worker-url.ts';

export function ingestWorkerUrl(): URL {
  return workerUrl(import.meta.url, 'ingest-worker');
}
