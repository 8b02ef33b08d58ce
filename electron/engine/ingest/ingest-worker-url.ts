/** Where the script of the ingest worker lies, in the sources and in the bundle. */
import { workerUrl } from '../base/worker-url.ts';

/** Address of the ingest worker's entry. */
export function ingestWorkerUrl(): URL {
  return workerUrl(import.meta.url, 'ingest-worker');
}
