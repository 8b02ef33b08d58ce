/** The tools of what to run again copy or save the whole list as ids, CSV or JSON. */
import { Copy, Download } from 'lucide-react';
import type { RerunItem } from '../../../electron/contract/analysis.ts';
import { formatCount } from '../../base/format.ts';
import { fileStem, saveBlob } from '../../base/save-file.ts';
import { useCase, useStores, useToasts } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import type { MenuItem } from '../../widgets/Menu.tsx';
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { writeClipboard } from '../../widgets/row-listing.ts';
import { rerunCsv, rerunIds, rerunJson } from './findings-model.ts';

const forms = {
  ids: { write: rerunIds, type: 'text/plain', end: 'txt', word: 'ids' },
  csv: { write: rerunCsv, type: 'text/csv', end: 'csv', word: 'CSV' },
  json: { write: rerunJson, type: 'application/json', end: 'json', word: 'JSON' },
} as const;

type Form = keyof typeof forms;

export function RerunTools({ readAll }: { readAll: () => Promise<RerunItem[]> }) {
  const { copy, save } = useRerunTexts(readAll);
  return (
    <>
      <Button tone="quiet" icon={<Copy size={14} />} onClick={() => copy('ids')}>
        Copy ids
      </Button>
      <MenuButton label="Copy as" items={formItems(<Copy size={14} />, copy)}>
        Copy as
      </MenuButton>
      <MenuButton label="Save as" items={formItems(<Download size={14} />, save)}>
        Save as
      </MenuButton>
    </>
  );
}

function formItems(icon: MenuItem['icon'], run: (form: Form) => void): MenuItem[] {
  return (['ids', 'csv', 'json'] as const).map((form) => ({
    id: form,
    title: form === 'ids' ? 'Ids, one a line' : forms[form].word,
    icon,
    run: () => run(form),
  }));
}

/** Returns what copies and saves the list, and says what came of it. */
function useRerunTexts(readAll: () => Promise<RerunItem[]>) {
  const stores = useStores();
  const name = useCase((state) => state.info?.name ?? 'run');
  const show = useToasts((state) => state.show);
  const withText = async (form: Form, failed: string, take: (text: string, what: string) => void) => {
    const done = stores.busy.begin('what to run again');
    try {
      const found = await readAll();
      const what = formatCount(found.length, 'mini-batch', 'mini-batches');
      take(forms[form].write(found), `${what} as ${forms[form].word}`);
    } catch {
      show(failed, { tone: 'error' });
    } finally {
      done();
    }
  };
  return {
    copy: (form: Form) =>
      void withText(form, 'It could not be copied.', (text, what) => writeClipboard(stores, text, `Copied ${what}`)),
    save: (form: Form) =>
      void withText(form, 'It could not be saved.', (text, what) => {
        const { type, end } = forms[form];
        saveBlob(`${fileStem(name, 'run')}-run-again.${end}`, new Blob([text], { type }));
        show(`Saved ${what}`);
      }),
  };
}
