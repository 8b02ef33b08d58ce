/**
 * Mark places are the positions of the marked lines along the ruler, as shares 0 … 1: by line
 * within a file, by time in merged lines.
 */
import { useEffect, useMemo, useState } from 'react';
import { useCase, useClient } from '../../../state/StoresContext.tsx';
import type { Mark } from '../model/kept.ts';
import type { LineStream } from '../model/stream.ts';
import type { FilesView } from '../model/use-files.ts';
import type { RulerScale } from './ruler-model.ts';

/** Each mark asks for its time once. The list of marks shows any beyond this number. */
const MOST_TIMED = 200;
const none: readonly number[] = [];

export function useMarkPlaces(
  stream: LineStream | null,
  files: FilesView,
  marks: readonly Mark[],
  scale: RulerScale | null,
): readonly number[] {
  const client = useClient();
  const caseId = useCase((state) => state.caseId);
  const [times, setTimes] = useState<{ key: string; us: readonly number[] }>({ key: '', us: none });
  const here = useMemo(() => {
    const fileIds = new Set(stream?.fileIds);
    return marks.flatMap(({ path, line }) => {
      const fileId = files.byPath.get(path)?.fileId;
      return fileId === undefined || !fileIds.has(fileId) ? [] : [{ fileId, line }];
    });
  }, [stream?.fileIds, files, marks]);

  const key = scale?.of === 'time' ? `${caseId} ${here.map(({ fileId, line }) => `${fileId}:${line}`).join(' ')}` : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the marks
  useEffect(() => {
    if (key === '' || caseId === null) return;
    const abort = new AbortController();
    const timeOf = async ({ fileId, line }: { fileId: number; line: number }) => {
      const params = { caseId, fileId, start: line - 1, count: 1, maxChars: 1 };
      return (await client.call('lines.page', params, { signal: abort.signal })).rows[0]?.timeUs ?? null;
    };
    Promise.all(here.slice(0, MOST_TIMED).map(timeOf)).then(
      (found) => {
        if (!abort.signal.aborted) setTimes({ key, us: found.filter((us) => us !== null) });
      },
      // If the lines cannot be read, the ruler has no marks.
      () => {},
    );
    return () => abort.abort();
  }, [key, client]);

  return useMemo(() => {
    if (scale === null) return none;
    if (scale.of === 'lines') return here.map(({ line }) => (line - 1) / scale.total);
    if (times.key !== key) return none;
    return times.us
      .map((us) => (us - scale.fromUs) / (scale.toUs - scale.fromUs))
      .filter((share) => share >= 0 && share <= 1);
  }, [scale, here, times, key]);
}
