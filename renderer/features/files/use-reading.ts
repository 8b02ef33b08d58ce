/**
 * The reading of a file as the engine found it, and another choice that a person makes. Saving the
 * choice keeps it with the case.
 */
import { useState } from 'react';
import type { ReadingChoice, ReadingRow } from '../../../electron/contract/reading.ts';
import { useCase, useClient } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';

export interface Reading {
  /** Null while it is not known, or if nobody can choose it. */
  found: ReadingRow | null;
  /** The saved choice with the changes that are not saved yet. */
  choice: ReadingChoice;
  change: (change: ReadingChoice) => void;
  save: (choice: ReadingChoice) => Promise<void>;
  /** Why the choice could not be saved. */
  message: string | null;
}

export function useReading(fileId: number): Reading {
  const caseId = useCase((state) => state.caseId);
  const client = useClient();
  const { data, refresh } = useCommand('files.reading', caseId === null ? null : { caseId, fileId });
  const [changed, setChanged] = useState<ReadingChoice>({});
  const [message, setMessage] = useState<string | null>(null);
  const save = async (choice: ReadingChoice) => {
    if (caseId === null) return;
    setMessage(null);
    try {
      await client.call('files.setReading', { caseId, fileId, choice });
      setChanged({});
      refresh();
    } catch (cause) {
      setMessage(cause instanceof Error ? cause.message : String(cause));
    }
  };
  return {
    found: caseId === null ? null : (data ?? null),
    choice: { ...data?.choice, ...changed },
    change: (change) => setChanged({ ...changed, ...change }),
    save,
    message,
  };
}
