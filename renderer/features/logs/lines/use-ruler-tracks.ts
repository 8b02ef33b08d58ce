import { useEffect, useState } from 'react';
import type { FileRow } from '../../../../electron/contract/records.ts';
import { noFilter } from '../../../state/filter.ts';
import { useCase, useStores } from '../../../state/StoresContext.tsx';
import type { ColouredWord } from '../model/kept.ts';
import { startSearch, stopSearch } from '../model/searches.ts';
import type { LineStream } from '../model/stream.ts';
import { DENSITY_BUCKETS, linePlaces, type RulerScale, type RulerTrack, sumOf, timePlaces } from './ruler-model.ts';

/** A search that runs anyway and whose hits are drawn. */
export interface LiveTrack {
  id: 'hits' | 'find';
  searchId: string | null;
  total: number;
  isRunning: boolean;
}

interface Wanted {
  track: Omit<RulerTrack, 'total' | 'places'>;
  filter: typeof noFilter;
}

/**
 * What the ruler shows, gathered one after the other once the lines are there; each search is ended as soon as its places
 * are known. For a file by lines; for merged files by time, which one histogram tells.
 */
export function useRulerTracks(
  stream: LineStream | null,
  file: FileRow | null,
  words: readonly ColouredWord[],
  live: readonly LiveTrack[],
  scale: RulerScale | null,
): readonly RulerTrack[] {
  const { client, busy } = useStores();
  const caseId = useCase((state) => state.caseId);
  const [own, setOwn] = useState<{ key: string; tracks: RulerTrack[] }>({ key: '', tracks: [] });
  const [found, setFound] = useState<{ key: string; tracks: RulerTrack[] }>({ key: '', tracks: [] });

  const wordKey = words.map((word) => (word.isOn ? `${word.colour} ${word.text}` : '')).join('\n');
  const scaleKey = scale === null ? null : JSON.stringify(scale);
  const isCounted = stream !== null && scaleKey !== null && caseId !== null && !stream.isRunning;
  const ownKey = isCounted ? `${stream.key} ${scaleKey} ${file?.errors} ${file?.warnings} ${wordKey}` : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the lines, the scale and the words
  useEffect(() => {
    if (ownKey === '' || stream === null || scale === null || caseId === null) return;
    const abort = new AbortController();
    const { signal } = abort;
    const end = busy.begin('ruler');
    const tracks: RulerTrack[] = [];
    const take = (track: RulerTrack) => {
      if (track.total > 0) tracks.push(track);
      if (!signal.aborted) setOwn({ key: stream.key, tracks: [...tracks] });
    };
    const gather = async () => {
      if (scale.of === 'time' && stream.searchId !== null) {
        const { fromUs, toUs } = scale;
        const params = { searchId: stream.searchId, fromUs, toUs, buckets: DENSITY_BUCKETS };
        const histogram = await client.call('search.histogram', params, { signal });
        for (const look of levelTracks) {
          const places = timePlaces(histogram, look.levels);
          take({ ...look.track, places, total: sumOf(places) });
        }
      }
      for (const { track, filter } of wantedOf(stream, file, words)) {
        const question = { caseId, filter, order: 'file' as const, fileIds: stream.fileIds };
        const search = await startSearch(client, question, signal);
        try {
          const places = await placesOf(client, search, stream, scale, signal);
          take({ ...track, places, total: search.matches });
        } finally {
          stopSearch(client, search.searchId);
        }
      }
    };
    setOwn({ key: stream.key, tracks: [] });
    // What cannot be had is not drawn; the lines themselves say what is wrong.
    gather()
      .catch(() => {})
      .finally(end);
    return () => {
      end();
      abort.abort();
    };
  }, [ownKey, client]);

  const liveKey =
    stream === null || scaleKey === null
      ? ''
      : JSON.stringify([stream.key, scaleKey, live.map(({ id, searchId, total }) => [id, searchId, total])]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the searches and the scale
  useEffect(() => {
    if (stream === null || scale === null) return;
    const abort = new AbortController();
    const gather = async () => {
      const tracks: RulerTrack[] = [];
      for (const { id, searchId, total } of live) {
        if (searchId === null || total === 0) continue;
        const places = await placesOf(client, { searchId, matches: total }, stream, scale, abort.signal);
        const title = id === 'hits' ? 'hits of the filter' : 'found';
        tracks.push({ id, lane: 'hit', token: id === 'hits' ? 'series-5' : 'accent', title, total, places });
      }
      if (!abort.signal.aborted) setFound({ key: stream.key, tracks });
    };
    // While a search is counted its places change many times a second.
    const timer = setTimeout(() => gather().catch(() => {}), live.some((each) => each.isRunning) ? 600 : 60);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [liveKey, client]);

  if (stream === null) return none;
  return [...(own.key === stream.key ? own.tracks : none), ...(found.key === stream.key ? found.tracks : none)];
}

const none: readonly RulerTrack[] = [];

const levelTracks = [
  {
    track: { id: 'warning', lane: 'level' as const, token: 'level-warning', title: 'warnings' },
    levels: ['warning'],
  },
  {
    track: { id: 'error', lane: 'level' as const, token: 'level-error', title: 'lines of errors' },
    levels: ['error', 'critical'],
  },
];

function wantedOf(stream: LineStream, file: FileRow | null, words: readonly ColouredWord[]): Wanted[] {
  const wanted: Wanted[] = [];
  if (stream.kind === 'file' && file !== null) {
    const [warning, error] = levelTracks;
    if (warning !== undefined && file.warnings > 0)
      wanted.push({
        track: { ...warning.track, title: 'warnings and errors' },
        filter: { ...noFilter, minLevel: 'warning' },
      });
    if (error !== undefined && file.errors > 0)
      wanted.push({ track: error.track, filter: { ...noFilter, minLevel: 'error' } });
  }
  for (const { text, colour, isOn } of words) {
    if (!isOn) continue;
    const token = colour === 9 ? 'level-critical' : `series-${colour}`;
    wanted.push({
      track: { id: `word ${text}`, lane: 'word', token, title: `“${text}”` },
      filter: { ...noFilter, query: text, mode: 'fixed' },
    });
  }
  return wanted;
}

async function placesOf(
  client: ReturnType<typeof useStores>['client'],
  search: { searchId: string; matches: number },
  stream: LineStream,
  scale: RulerScale,
  signal: AbortSignal,
): Promise<RulerTrack['places']> {
  const [fileId] = stream.fileIds;
  if (scale.of === 'lines' && fileId !== undefined) return linePlaces(client, search, fileId, scale.total, signal);
  if (scale.of === 'lines') return { of: 'each', at: [] };
  const { fromUs, toUs } = scale;
  const params = { searchId: search.searchId, fromUs, toUs, buckets: DENSITY_BUCKETS };
  return timePlaces(await client.call('search.histogram', params, { signal }), null);
}
