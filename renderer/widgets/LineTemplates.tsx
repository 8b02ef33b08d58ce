/**
 * Line templates are the kinds of lines that a search found, the most frequent first. Choosing a
 * template narrows the search to its lines; choosing a value of a variable part narrows it to the
 * lines with that value. The engine counts both.
 */
import './line-templates.css';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { HitTemplate, TemplateValues } from '../../electron/contract/hits.ts';
import { formatCount, formatNumber, formatPercent } from '../base/format.ts';
import { safeText } from '../base/safe-text.ts';
import { useNavigation, useStores } from '../state/StoresContext.tsx';
import { templateQuery } from '../state/template-query.ts';
import { useCounted } from '../state/use-counted.ts';
import { Button } from './Button.tsx';
import { ErrorBox } from './ErrorBox.tsx';
import { IconButton } from './IconButton.tsx';
import { MaskedText } from './MaskedText.tsx';
import { SafeText } from './SafeText.tsx';

const FEW = 8;
const MOST = 1_000;

export interface LineTemplatesProps {
  searchId: string;
  /** Omits the heading. */
  isBare?: boolean;
  /** Called when a person chooses a template or a value. */
  onClose?: () => void;
}

export function LineTemplates({ searchId, isBare = false, onClose }: LineTemplatesProps) {
  const navigation = useNavigation();
  const { filter } = useStores();
  const [isAll, setIsAll] = useState(false);
  const [open, setOpen] = useState<number | null>(null);
  const { data, error } = useCounted('search.templates', { searchId, count: isAll ? MOST : FEW });
  if (error !== null) return <ErrorBox error={error} />;
  if (data === undefined) return null;
  const only = (template: string, value?: string) => {
    onClose?.();
    navigation.navigate({ view: 'logs', filter: templateQuery(filter.getState().filter, template, value) });
  };
  const hidden = data.distinct - data.templates.length;
  return (
    <section className="line-templates" aria-label="Template">
      {!isBare && <h4 className="soft">Template</h4>}
      {!data.complete && <p className="faint">{`So far, ${formatPercent(data.progress)} read`}</p>}
      <ul>
        {data.templates.map((each) => (
          <li key={each.id}>
            <span className="line-templates__template">
              <IconButton
                label={`${open === each.id ? 'Hide' : 'Show'} the values of ${safeText(each.template)}`}
                icon={open === each.id ? <ChevronDown size={12} /> : <ChevronRight size={12} />}
                aria-expanded={open === each.id}
                disabled={!data.complete}
                onClick={() => setOpen(open === each.id ? null : each.id)}
              />
              <button
                type="button"
                className="line-templates__value"
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
    <div className="line-templates__parts">
      {data.parts.map((part) => (
        <PartValues
          key={part.word}
          part={part}
          lines={template.lines}
          soFar={data.complete ? null : data.progress}
          onOnly={(value) => onOnly(template.template, value)}
        />
      ))}
    </div>
  );
}

interface PartValuesProps {
  part: TemplateValues['parts'][number];
  /** The lines of the template. */
  lines: number;
  /** The share of lines read so far; null when all are read. */
  soFar: number | null;
  onOnly: (value: string) => void;
}

/**
 * Lists the values of one variable part, the most frequent first: a few, then on demand all that
 * the engine returns.
 */
function PartValues({ part: { name, distinct, isCut, values }, lines, soFar, onOnly }: PartValuesProps) {
  const [isAll, setIsAll] = useState(false);
  const shown = isAll ? values : values.slice(0, FEW_VALUES);
  const hidden = values.length - shown.length;
  const unlisted = distinct - values.length;
  return (
    <section aria-label={`Values of ${safeText(name)}`}>
      <h5 className="soft">
        Values of <SafeText text={name} /> · {isCut ? `more than ${formatNumber(distinct)}` : formatNumber(distinct)}{' '}
        different
        {soFar !== null && ` · so far, ${formatPercent(soFar)} read`}
      </h5>
      <ul>
        {shown.map(({ value, count }) => (
          <li key={value}>
            <button
              type="button"
              className="line-templates__value"
              title={`Only lines of this template with ${safeText(value)}`}
              onClick={() => onOnly(value)}
            >
              <span className="ellipsis mono">
                <SafeText text={value} />
              </span>
              <span className="number">{formatNumber(count)}</span>
              <span className="number soft">{formatPercent(count / Math.max(1, lines))}</span>
            </button>
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <Button tone="quiet" onClick={() => setIsAll(true)}>{`Show ${formatCount(hidden, 'more value')}`}</Button>
      )}
      {hidden === 0 && unlisted > 0 && <p className="faint">{`${formatCount(unlisted, 'rarer value')} not listed`}</p>}
    </section>
  );
}
