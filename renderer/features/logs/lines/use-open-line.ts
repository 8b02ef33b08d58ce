/** Opening a line shows the whole of it in the drawer. */
import { useCallback } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { useNavigation } from '../../../state/StoresContext.tsx';

/** Returns a handler that opens the line of a row, if the row has arrived. */
export function useOpenLine(rowAt: (index: number) => LineRow | undefined): (index: number) => void {
  const navigation = useNavigation();
  return useCallback(
    (index: number) => {
      const row = rowAt(index);
      if (row !== undefined)
        navigation.navigate({
          drawer: true,
          selection: { line: { fileId: row.fileId, line: row.line }, detail: 'line' },
        });
    },
    [rowAt, navigation],
  );
}
