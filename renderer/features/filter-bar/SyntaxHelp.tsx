/**
 * The syntax help explains the query language on one card, by examples. The parser is in
 * `electron/engine/search/query`.
 */
import { CircleHelp } from 'lucide-react';
import { useRef, useState } from 'react';
import { IconButton } from '../../widgets/IconButton.tsx';
import { Popover } from '../../widgets/Popover.tsx';
import type { Box } from '../../widgets/place-at.ts';

const rows: readonly [string, string][] = [
  ['timeout retry', 'both words, anywhere in the line'],
  ['"failed to process"', 'a phrase'],
  ['time*  *error*', 'words that begin so, words with it inside'],
  ['/took \\d{3,} s/i', 'a regular expression; i: case does not matter'],
  ['-heartbeat', 'not: lines without it'],
  ['killed OR oom', 'either; AND binds closer, ( ) group'],
  ['node:10.0.0.4', 'only lines of a node'],
  ['pid:123,124', 'of these processes'],
  ['batch:17', 'of a mini-batch'],
  ['kind:user -kind:master', 'of a kind of log, not of another'],
  ['level:warning', 'this level or a higher one'],
  ['file:logs/user/**', 'of files whose path is like it'],
  ['from:2021-06-09T14:40 to:…', 'of a time, in UTC'],
];

export function SyntaxHelp() {
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<Box | null>(null);
  return (
    <>
      <IconButton
        ref={button}
        label="What can be searched"
        icon={<CircleHelp size={14} />}
        aria-haspopup="dialog"
        aria-expanded={at !== null}
        onClick={() => setAt(at === null ? (button.current?.getBoundingClientRect() ?? null) : null)}
      />
      {at !== null && (
        <Popover at={at} align="end" label="What can be searched" className="syntax-help" onClose={() => setAt(null)}>
          <dl>
            {rows.map(([example, meaning]) => (
              <div key={example} className="syntax-help__row">
                <dt className="mono">{example}</dt>
                <dd className="soft">{meaning}</dd>
              </div>
            ))}
          </dl>
          <p className="syntax-help__note soft">
            Case matters only if the search has a capital letter, unless Aa says otherwise. With .* the whole text is
            one regular expression, with “” it stands for itself. ↑ ↓ bring back earlier searches, Enter shows the
            lines.
          </p>
        </Popover>
      )}
    </>
  );
}
