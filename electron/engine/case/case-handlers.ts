/** Handlers of sources and cases: inspect, open, index, watch, save, close, notes, files. */
import { resolve } from 'node:path';
import type { EmitEvent, Handlers } from '../../contract/contract.ts';
import { PROFILE_BYTES, profileTable } from '../formats/tables/profile-table.ts';
import { recentCases } from './case-list.ts';
import { fileReading } from './file-readings.ts';
import { inspectSource } from './inspect-source.ts';
import { readNotebook, writeNotebook } from './notebook.ts';
import type { OpenCases } from './open-cases.ts';

type CaseCommand =
  | 'source.inspect'
  | `case.${'open' | 'close' | 'cancel' | 'resume' | 'export' | 'progress' | 'refresh' | 'watch' | 'watching' | 'recent'}`
  | `notebook.${'get' | 'set'}`
  | `files.${'profile' | 'reading' | 'setReading'}`;

export function caseHandlers(cases: OpenCases, dataDir: string, emit: EmitEvent): Pick<Handlers, CaseCommand> {
  return {
    'source.inspect': ({ path }) => inspectSource(path, dataDir),
    'case.open': async ({ path, root, rebuild }) => (await cases.open(path, root, rebuild)).summary(),
    'case.close': async ({ caseId }) => {
      await cases.release(caseId);
      return null;
    },
    'case.cancel': ({ caseId }) => {
      cases.of(caseId).indexing.stop();
      return null;
    },
    'case.resume': ({ caseId }) => {
      cases.of(caseId).indexing.start();
      return null;
    },
    'case.export': async ({ caseId, path, force }) => {
      await cases.of(caseId).export(resolve(path), force);
      return null;
    },
    'case.progress': ({ caseId }) => cases.of(caseId).indexing.progress(),
    'case.refresh': async ({ caseId }) => ({ isChanged: await cases.of(caseId).sync.refresh() }),
    'case.watch': ({ caseId, mode }) => cases.of(caseId).watch.set(mode),
    'case.watching': ({ caseId }) => cases.of(caseId).watch.state,
    'case.recent': () => recentCases(dataDir),
    'notebook.get': ({ caseId }) => readNotebook(cases.of(caseId).notebook),
    'notebook.set': ({ caseId, notebook }) => {
      writeNotebook(cases.of(caseId).notebook, notebook);
      emit('notebook.changed', { caseId });
      return null;
    },
    'files.profile': async ({ caseId, fileId }) => {
      const found = cases.of(caseId);
      await found.linesOf(fileId);
      const { bytes, isCut } = found.lines.bytes(fileId, PROFILE_BYTES);
      return profileTable(bytes, isCut);
    },
    'files.reading': ({ caseId, fileId }) => fileReading(cases.of(caseId).db, fileId),
    'files.setReading': async ({ caseId, fileId, choice }) => {
      await cases.of(caseId).sync.setReading(fileId, choice);
      return null;
    },
  };
}
