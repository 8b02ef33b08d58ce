import { expect, it } from 'vitest';
import { messageOf } from './LineLink.tsx';

it('leaves the fields before the message away', () => {
  expect(messageOf('2020-05-06 05:50:44,231|ParallelRunStep.User Error|ERROR|287|Entry script | failed')).toBe(
    'Entry script | failed',
  );
  expect(messageOf('2020-05-06 05:52:03,626|ERROR|The number of failed items')).toBe('The number of failed items');
  expect(messageOf('ValueError: a|b')).toBe('ValueError: a|b');
  expect(messageOf('2020-05-06 05:52:03,626|INFO|')).toBe('2020-05-06 05:52:03,626|INFO|');
});
