import { expect, test } from 'vitest';
import { mentionedMiniBatch } from './mention.ts';

test.each([
  ['Got task 17.', '17'],
  ['mini batch 17 did not finish in 60 seconds. Stopping this process.', '17'],
  ['Process abort with unfinished mini batch 17.', '17'],
  ['Failed to process task {"id": 17, "dequeue_count": 1} with error x', '17'],
  ["Failed to process {'id': 17, 'dequeue_count': 1, 'minib", '17'],
  ['Sent "{"id": 17, "minibatch": ["a"]}" to queue.', '17'],
  ['{"id": "a-7", "succeeded": 1}', 'a-7'],
  ['mini batch -1 did not finish in 60 seconds.', null],
  ['Processed 31 of 100 mini batches in 0:01:14.', null],
  ['11 mini batches failed. 3 succeeded.', null],
  ['{"id": "94a35e75", "telemetry": true}', null],
  ['The task consumer thread in process 12 failed with x', null],
  ['nothing', null],
])('%s names %s', (line, id) => {
  expect(mentionedMiniBatch(line)).toBe(id);
});
