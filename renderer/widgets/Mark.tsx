/**
 * A mark shows an outcome, a level or a status as shape and colour. With `word` it shows the word
 * too; otherwise the word is its accessible name. The tables of looks choose shape, colour and
 * word.
 */
import type { ReactNode } from 'react';
import type { Outcome } from '../../electron/contract/batch-records.ts';
import type { Level } from '../../electron/contract/line-records.ts';
import type { RunStatus } from '../../electron/contract/run-info.ts';
import { levelLooks, outcomeLooks, type Shape, statusLooks } from '../base/looks.ts';

const shapes: Record<Shape, ReactNode> = {
  check: (
    <>
      <circle cx="6" cy="6" r="5.5" fill="currentColor" />
      <path d="M3.4 6.2 5.3 8 8.7 4.4" fill="none" stroke="var(--surface)" strokeWidth="1.4" />
    </>
  ),
  half: (
    <>
      <circle cx="6" cy="6" r="4.9" fill="none" stroke="currentColor" strokeWidth="1.2" />
      <path d="M6 1.1a4.9 4.9 0 0 0 0 9.8z" fill="currentColor" />
    </>
  ),
  cross: <path d="M2 3.4 3.4 2 6 4.6 8.6 2 10 3.4 7.4 6 10 8.6 8.6 10 6 7.4 3.4 10 2 8.6 4.6 6z" fill="currentColor" />,
  clock: (
    <>
      <circle cx="6" cy="6" r="4.9" fill="none" stroke="currentColor" strokeWidth="1.3" />
      <path d="M6 3.2V6l2 1.6" fill="none" stroke="currentColor" strokeWidth="1.3" />
    </>
  ),
  ring: <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2.3 1.6" />,
  dot: <circle cx="6" cy="6" r="3.2" fill="currentColor" />,
  triangle: <path d="M6 1.2 11.4 10.6H.6z" fill="currentColor" />,
  octagon: <path d="M3.8 1h4.4L11 3.8v4.4L8.2 11H3.8L1 8.2V3.8z" fill="currentColor" />,
  bar: <rect x="1" y="4.6" width="10" height="2.8" rx="0.6" fill="currentColor" />,
};

export function Mark(props: { of: { outcome: Outcome } | { level: Level } | { status: RunStatus }; word?: boolean }) {
  const { of, word = false } = props;
  const look =
    'outcome' in of ? outcomeLooks[of.outcome] : 'level' in of ? levelLooks[of.level] : statusLooks[of.status];
  const icon = (
    <svg
      width="12"
      height="12"
      viewBox="0 0 12 12"
      role={word ? undefined : 'img'}
      aria-label={word ? undefined : look.word}
      aria-hidden={word || undefined}
    >
      {shapes[look.shape]}
    </svg>
  );
  return (
    <span className="mark" style={{ color: `var(--${look.token})` }}>
      {icon}
      {word && <span style={{ color: `var(--${look.token}-text)` }}>{look.word}</span>}
    </span>
  );
}
