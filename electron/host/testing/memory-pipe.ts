/** A memory pipe joins two ends within one thread, for tests. */
import type { MessagePipe } from '../../contract/pipe.ts';
import { makePipe, type PipeEnd } from '../make-pipe.ts';

/**
 * Creates two ends of a pipe within one thread, as strict as a real one: messages are cloned and
 * arrive later, in order.
 */
export function memoryPipePair(): [MessagePipe, MessagePipe] {
  const ends: PipeEnd[] = [];
  const end = (other: number) =>
    makePipe({
      post(message) {
        const copy = structuredClone(message);
        setImmediate(() => ends[other]?.receive(copy));
      },
      close() {
        setImmediate(() => ends[other]?.closed());
      },
    });
  const [a, b] = [end(1), end(0)];
  ends.push(a, b);
  return [a.pipe, b.pipe];
}
