import { servePort } from '../serve-port.ts';
import { createFakeEngine } from './fake-engine.ts';

servePort(createFakeEngine);
