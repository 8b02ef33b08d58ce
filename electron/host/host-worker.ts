/** The script of the engine's thread. */
import { workerData } from 'node:worker_threads';
import { createEngine } from '../engine/engine.ts';
import type { HostWorkerData } from './engine-host.ts';
import { servePort } from './serve-port.ts';

const { dataDir, workers, formats }: HostWorkerData = workerData;
servePort((emit) => createEngine({ dataDir, emit, workers, formats }));
