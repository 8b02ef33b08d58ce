/**
 * A progress line shows how far indexing is: bytes, files, rate and time left, with buttons to stop
 * and resume it.
 */
import { useState } from 'react';
import type { IndexProgress } from '../../electron/contract/case-records.ts';
import { formatBytes, formatDuration, formatNumber, formatRate } from '../base/format.ts';
import { Button } from './Button.tsx';
import './small.css';

export interface ProgressLineProps {
  progress: IndexProgress;
  onCancel?: () => void;
  onResume?: () => void;
  /** Omits the files, for the status bar. */
  isShort?: boolean;
}

const phaseWords: Record<IndexProgress['phase'], string> = {
  listing: 'Listing files',
  indexing: 'Indexing',
  deriving: 'Joining what the logs say',
  complete: 'Indexed',
  cancelled: 'Indexing is stopped',
  failed: 'Indexing failed',
};

export function ProgressLine({ progress, onCancel, onResume, isShort = false }: ProgressLineProps) {
  const { phase, bytesDone, bytesTotal, filesDone, filesTotal, bytesPerSecond, secondsLeft } = progress;
  const share = bytesTotal > 0 ? Math.min(1, bytesDone / bytesTotal) : 0;
  /** Stopping takes a moment, because work under way is finished first. */
  const [isStopping, setIsStopping] = useState(false);
  const isRunning = phase === 'listing' || phase === 'indexing' || phase === 'deriving';
  return (
    <div className="progress-line">
      <span>{phaseWords[phase]}</span>
      <div
        className="progress-line__bar"
        role="progressbar"
        aria-label={phaseWords[phase]}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
      >
        <div className="progress-line__done" style={{ transform: `scaleX(${share})` }} />
      </div>
      <span>
        {formatBytes(bytesDone)} of {formatBytes(bytesTotal)}
      </span>
      {!isShort && (
        <span className="soft">
          {formatNumber(filesDone)} of {formatNumber(filesTotal)} files
        </span>
      )}
      {isRunning && bytesPerSecond > 0 && <span className="soft">{formatRate(bytesPerSecond)}</span>}
      {isRunning && secondsLeft !== null && <span className="soft">{formatDuration(Math.ceil(secondsLeft))} left</span>}
      {isRunning && onCancel !== undefined && (
        <Button
          tone="quiet"
          disabled={isStopping}
          onClick={() => {
            setIsStopping(true);
            onCancel();
          }}
        >
          {isStopping ? 'Stopping …' : 'Cancel'}
        </Button>
      )}
      {(phase === 'cancelled' || phase === 'failed') && onResume !== undefined && (
        <Button
          tone="quiet"
          onClick={() => {
            setIsStopping(false);
            onResume();
          }}
        >
          Resume
        </Button>
      )}
    </div>
  );
}
