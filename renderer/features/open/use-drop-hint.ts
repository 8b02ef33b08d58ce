/**
 * The drop hint is true while files are dragged over the window. `app/accept-drops.ts` opens what
 * is dropped.
 */
import { useEffect, useState } from 'react';

export function useDropHint(): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    // Enter and leave come for each element on the way; over comes steadily and says whether it is
    // still there.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = () => {
      clearTimeout(timer);
      setIsOver(false);
    };
    const onOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      setIsOver(true);
      clearTimeout(timer);
      timer = setTimeout(stop, 300);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('drop', stop);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('drop', stop);
    };
  }, []);
  return isOver;
}
