/**
 * A ruler track is one kind of place along the ruler: errors, warnings, hits, a coloured word. The
 * hook gathers the tracks by searches, one after another, and ends each search once its places are
 * known.
 */
import { useEffect, useState } from 'react';
import type { EngineClient } from '../../../../electron/contract/client.ts';
import { noFilter } from '../../../state/filter.ts';
import { useCase, useClient, useStores } from '../../../state/StoresContext.tsx';
import type { HighlightedWord } from '../model/kept.ts';
import { type Question, startSearch, stopSearch } from '../model/searches.ts';
import type { LineStream } from '../model/stream.ts';
import { placesOf, type RulerScale, type RulerTrack } from './ruler-model.ts';

/** A search that runs anyway and whose hits are drawn. */
export interface LiveTrack {
  id: 'hits' | 'find';
  searchId: string | null;
  total: number;
  isRunning: boolean;
}

/** How many lines of these levels there are, so that the hook asks only for levels that occur. */
export interface LevelCounts {
  errors: number;
  warnings: number;
}

interface Wanted {
  track: Omit<RulerTrack, 'total' | 'places'>;
  filter: typeof noFilter;
}

/**
 * Gathers what the ruler shows, one track after another, once the lines have arrived. A file is
 * measured by lines, merged files by time.
 */
export function useRulerTracks(
  stream: LineStream | null,
  counts: LevelCounts,
  words: readonly HighlightedWord[],
  live: readonly LiveTrack[],
  scale: RulerScale | null,
): readonly RulerTrack[] {
  const own = useOwnTracks(stream, counts, words, scale);
  const found = useFoundTracks(stream, live, scale);
  return [...own, ...found];
}

/** Tracks of the lines with this key. */
interface Held {
  key: string;
  tracks: readonly RulerTrack[];
}

const none: readonly RulerTrack[] = [];
const noneHeld: Held = { key: '', tracks: none };

const heldOf = (held: Held, stream: LineStream | null) => (held.key === stream?.key ? held.tracks : none);

/** Gathers the tracks of levels and coloured words, each by a search of its own. */
function useOwnTracks(
  stream: LineStream | null,
  counts: LevelCounts,
  words: readonly HighlightedWord[],
  scale: RulerScale | null,
): readonly RulerTrack[] {
  const { client, busy } = useStores();
  const caseId = useCase((state) => state.caseId);
  const [held, setHeld] = useState(noneHeld);
  const wordKey = words.map((word) => (word.isOn ? `${word.colour} ${word.text}` : '')).join('\n');
  const scaleKey = scale === null ? null : JSON.stringify(scale);
  const isCounted = stream !== null && scaleKey !== null && caseId !== null && !stream.isRunning;
  const ownKey = isCounted ? `${stream.key} ${scaleKey} ${counts.errors} ${counts.warnings} ${wordKey}` : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the lines, the scale and the words
  useEffect(() => {
    if (ownKey === '' || stream === null || scale === null || caseId === null) return;
    const abort = new AbortController();
    const { signal } = abort;
    const end = busy.begin('ruler');
    const tracks: RulerTrack[] = [];
    const take = (track: RulerTrack) => {
      if (track.total > 0) tracks.push(track);
      if (!signal.aborted) setHeld({ key: stream.key, tracks: [...tracks] });
    };
    const gather = async () => {
      for (const { track, filter } of wantedOf(counts, words)) {
        const question = { caseId, filter, order: 'file' as const, fileIds: stream.fileIds };
        take({ ...track, ...(await searchPlaces(client, question, scale, signal)) });
      }
    };
    setHeld({ key: stream.key, tracks: [] });
    // A failed track is not drawn; the lines themselves say what is wrong.
    gather()
      .catch(() => {})
      .finally(end);
    return () => {
      end();
      abort.abort();
    };
  }, [ownKey, client]);
  return heldOf(held, stream);
}

/** Gathers the tracks of searches that run anyway. */
function useFoundTracks(
  stream: LineStream | null,
  live: readonly LiveTrack[],
  scale: RulerScale | null,
): readonly RulerTrack[] {
  const client = useClient();
  const [held, setHeld] = useState(noneHeld);
  const scaleKey = scale === null ? null : JSON.stringify(scale);
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
        const places = await placesOf(client, { searchId, matches: total }, stream.fileIds[0], scale, abort.signal);
        const title = id === 'hits' ? 'hits of the filter' : 'found';
        tracks.push({ id, lane: 'hit', token: id === 'hits' ? 'series-5' : 'accent', title, total, places });
      }
      if (!abort.signal.aborted) setHeld({ key: stream.key, tracks });
    };
    // While a search counts, its places change many times a second.
    const timer = setTimeout(() => gather().catch(() => {}), live.some((each) => each.isRunning) ? 600 : 60);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [liveKey, client]);
  return heldOf(held, stream);
}

/** Searches for a track, and returns how many lines it has and where they are. */
async function searchPlaces(client: EngineClient, question: Question, scale: RulerScale, signal: AbortSignal) {
  const search = await startSearch(client, question, signal);
  try {
    const places = await placesOf(client, search, question.fileIds?.[0], scale, signal);
    return { places, total: search.matches };
  } finally {
    stopSearch(client, search.searchId);
  }
}

function wantedOf(counts: LevelCounts, words: readonly HighlightedWord[]): Wanted[] {
  const wanted: Wanted[] = [];
  if (counts.warnings > 0)
    wanted.push({
      track: { id: 'warning', lane: 'level', token: 'level-warning', title: 'warnings and errors' },
      filter: { ...noFilter, minLevel: 'warning' },
    });
  if (counts.errors > 0)
    wanted.push({
      track: { id: 'error', lane: 'level', token: 'level-error', title: 'lines of errors' },
      filter: { ...noFilter, minLevel: 'error' },
    });
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
