/**
 * The listing of a stream is what the engine copies and saves for its lines: the file, or the hits
 * of the search behind merged lines.
 */
import { useMemo } from 'react';
import type { ListingInput } from '../../../../electron/contract/listing.ts';
import { useCase } from '../../../state/StoresContext.tsx';
import type { LineStream } from '../model/stream.ts';

/** Returns null while the lines are unknown. The object stays the same as long as the lines do. */
export function useListing(stream: LineStream | null): ListingInput | null {
  const caseId = useCase((state) => state.caseId);
  const searchId = stream?.searchId ?? null;
  const fileId = stream?.kind === 'file' ? (stream.fileIds[0] ?? null) : null;
  return useMemo(() => {
    if (searchId !== null) return { of: 'hits', searchId };
    return caseId === null || fileId === null ? null : { of: 'file', caseId, fileId };
  }, [searchId, caseId, fileId]);
}
