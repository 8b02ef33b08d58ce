/**
 * A source can hold several runs, each below its own root. The chooser lists the roots and asks for
 * one.
 */
import type { SourceInspection } from '../../../electron/contract/case-records.ts';
import { formatBytes, formatCount } from '../../base/format.ts';
import { SafeText } from '../../widgets/SafeText.tsx';

export function RootChooser(props: { inspection: SourceInspection; onChoose: (root: string) => void }) {
  const { inspection, onChoose } = props;
  return (
    <section className="start__part" aria-label="Runs found">
      <h2>{formatCount(inspection.roots.length, 'run')} are in it. Which one?</h2>
      <ul>
        {inspection.roots.map((root) => (
          <li key={root.root}>
            <button type="button" className="start__row" onClick={() => onChoose(root.root)}>
              <span className="start__name ellipsis">
                <SafeText text={root.name} />
              </span>
              <span className="start__path mono ellipsis faint">
                <SafeText text={root.root === '' ? '.' : root.root} />
              </span>
              <span className="number soft">
                {formatCount(root.files, 'file')} · {formatBytes(root.bytes)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
