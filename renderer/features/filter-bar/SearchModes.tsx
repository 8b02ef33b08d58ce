/**
 * A search mode says how the text of the search is read: as words, as one regular expression, or
 * literally. The buttons choose the mode and whether case matters.
 */
import type { Filter } from '../../state/filter.ts';
import { useFilter } from '../../state/StoresContext.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';

const caseWords: Record<Filter['matchCase'], string> = {
  smart: 'Case: matters if the search has a capital letter',
  yes: 'Case: matters',
  no: 'Case: does not matter',
};
const caseOrder: readonly Filter['matchCase'][] = ['smart', 'yes', 'no'];

export function SearchModes() {
  const mode = useFilter((state) => state.filter.mode);
  const matchCase = useFilter((state) => state.filter.matchCase);
  const patch = useFilter((state) => state.patch);
  const nextCase = caseOrder[(caseOrder.indexOf(matchCase) + 1) % caseOrder.length] ?? 'smart';
  const toggle = (each: Filter['mode']) => patch({ mode: mode === each ? 'words' : each });
  return (
    <>
      <IconButton
        label="The whole text is a regular expression"
        isPressed={mode === 'regex'}
        icon={<span className="search-box__sign">.*</span>}
        onClick={() => toggle('regex')}
      />
      <IconButton
        label={caseWords[matchCase]}
        isPressed={matchCase !== 'smart'}
        icon={<span className="search-box__sign">{matchCase === 'no' ? 'aa' : 'Aa'}</span>}
        onClick={() => patch({ matchCase: nextCase })}
      />
      <IconButton
        label="The whole text as it stands"
        isPressed={mode === 'fixed'}
        icon={<span className="search-box__sign">“”</span>}
        onClick={() => toggle('fixed')}
      />
    </>
  );
}
