/** A thread with a fake engine, for tests of the pipe between threads. */
import { servePort } from '../serve-port.ts';
import { createFakeEngine } from './fake-engine.ts';

servePort(createFakeEngine);
