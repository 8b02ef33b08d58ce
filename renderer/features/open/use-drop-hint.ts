/**
 * Returns true while a person drags files over the window. `app/accept-drops.ts` opens the dropped
 * files.
 */
import { useEffect, useState } from 'react';

export function useDropHint(): boolean {
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    // `dragenter` and `dragleave` fire for every element on the way. `dragover` fires steadily, so
    // its absence shows that the drag has left.
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
