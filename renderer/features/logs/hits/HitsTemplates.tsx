import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { HitTemplate } from '../../../../electron/contract/hits.ts';
import { formatCount, formatNumber, formatPercent } from '../../../base/format.ts';
import { safeText } from '../../../base/safe-text.ts';
import { useNavigation, useStores } from '../../../state/StoresContext.tsx';
import { Button } from '../../../widgets/Button.tsx';
import { ErrorBox } from '../../../widgets/ErrorBox.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { MaskedText } from '../../../widgets/MaskedText.tsx';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { useCounted } from '../model/use-counted.ts';
import { templateQuery } from './template-query.ts';

const FEW = 8;
const MOST = 1_000;

export interface HitsTemplatesProps {
  searchId: string;
  onClose: () => void;
}

/** The kinds of lines among the hits, most frequent first; a template narrows the search to its lines, its values to one of them. */
export function HitsTemplates({ searchId, onClose }: HitsTemplatesProps) {
  const navigation = useNavigation();
  const { filter } = useStores();
  const [isAll, setIsAll] = useState(false);
  const [open, setOpen] = useState<number | null>(null);
  const { data, error } = useCounted('search.templates', { searchId, count: isAll ? MOST : FEW });
  if (error !== null) return <ErrorBox error={error} />;
  if (data === undefined) return null;
  const only = (template: string, value?: string) => {
    onClose();
    navigation.navigate({ filter: templateQuery(filter.getState().filter, template, value) });
  };
  const hidden = data.distinct - data.templates.length;
  return (
    <section aria-label="Template">
      <h4 className="soft">
        Template
        {!data.complete && ` · so far, ${formatPercent(data.progress)} read`}
      </h4>
      <ul>
        {data.templates.map((each) => (
          <li key={each.id}>
            <span className="hits-statistics__template">
              <IconButton
                label={`${open === each.id ? 'Hide' : 'Show'} the values of ${safeText(each.template)}`}
                icon={open === each.id ? <ChevronDown size={12} /> : <ChevronRight size={12} />}
                aria-expanded={open === each.id}
                disabled={!data.complete}
                onClick={() => setOpen(open === each.id ? null : each.id)}
              />
              <button
                type="button"
                className="hits-statistics__value"
                title={`Only these: ${safeText(each.template)}`}
                onClick={() => only(each.template)}
              >
                <span className="ellipsis mono">
                  <MaskedText template={each.template} />
                </span>
                <span className="number">{formatNumber(each.lines)}</span>
                <span className="number soft">{formatPercent(each.lines / Math.max(1, data.lines))}</span>
              </button>
            </span>
            {open === each.id && <Values searchId={searchId} template={each} onOnly={only} />}
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <p className="faint">
          {formatCount(hidden, 'more template')} with {formatCount(data.otherLines, 'line')}
          {!isAll && (
            <Button tone="quiet" onClick={() => setIsAll(true)}>
              Show them
            </Button>
          )}
        </p>
      )}
      {hidden <= 0 && data.otherLines > 0 && (
        <p className="faint">{formatCount(data.otherLines, 'line')} of templates beyond the first 50,000 told apart</p>
      )}
    </section>
  );
}

const FEW_VALUES = 10;

function Values(props: { searchId: string; template: HitTemplate; onOnly: (template: string, value: string) => void }) {
  const { searchId, template, onOnly } = props;
  const { data, error } = useCounted('search.templateValues', { searchId, id: template.id });
  if (error !== null) return <ErrorBox error={error} />;
  if (data === undefined) return <p className="faint">Counting …</p>;
  if (data.parts.length === 0) return <p className="faint">Nothing in it varies.</p>;
  return (
    <div className="hits-statistics__parts">
      {data.parts.map(({ name, word, distinct, isCut, values }) => (
        <section key={word} aria-label={`Values of ${safeText(name)}`}>
          <h5 className="soft">
            Values of <SafeText text={name} /> ·{' '}
            {isCut ? `more than ${formatNumber(distinct)}` : formatNumber(distinct)} different
            {!data.complete && ` · so far, ${formatPercent(data.progress)} read`}
          </h5>
          <ul>
            {values.slice(0, FEW_VALUES).map(({ value, count }) => (
              <li key={value}>
                <button
                  type="button"
                  className="hits-statistics__value"
                  title={`Only lines of this template with ${safeText(value)}`}
                  onClick={() => onOnly(template.template, value)}
                >
                  <span className="ellipsis mono">
                    <SafeText text={value} />
                  </span>
                  <span className="number">{formatNumber(count)}</span>
                  <span className="number soft">{formatPercent(count / Math.max(1, template.lines))}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
