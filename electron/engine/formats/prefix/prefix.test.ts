import { describe, expect, test } from 'vitest';
import { decodePrefix } from './decoded-prefix.ts';
import { createPrefix, hasPrefix } from './empty-prefix.ts';
import { parsePrefix, setDefaultYear } from './prefix.ts';

setDefaultYear(2020);
const at = (iso: string) => Date.parse(iso) * 1000;

const cases: [
  string,
  {
    time: string | null;
    level?: number;
    pid?: number;
    message: string;
    logger?: string;
    thread?: string;
    func?: string;
  },
][] = [
  [
    "2020-03-19 15:37:07,101|10.0.0.4_Process-3|DEBUG|25219|139767160076032|run()|batch_score.py: ['a.png'].",
    {
      time: '2020-03-19T15:37:07.101Z',
      level: 1,
      pid: 25219,
      thread: '139767160076032',
      logger: '10.0.0.4_Process-3',
      func: 'run',
      message: "batch_score.py: ['a.png'].",
    },
  ],
  [
    '2020-03-19 15:37:07,101|ParallelRunStep.Master|INFO|12|Start scheduling.',
    {
      time: '2020-03-19T15:37:07.101Z',
      level: 2,
      pid: 12,
      logger: 'ParallelRunStep.Master',
      message: 'Start scheduling.',
    },
  ],
  [
    '2020-03-19 15:37:07,101|ParallelRunStep.User Error|ERROR|12|x',
    { time: '2020-03-19T15:37:07.101Z', level: 4, pid: 12, logger: 'ParallelRunStep.User Error', message: 'x' },
  ],
  [
    '2020-10-09 01:38:51,269|INFO|356|140501711763200|Start scheduling.',
    { time: '2020-10-09T01:38:51.269Z', level: 2, pid: 356, thread: '140501711763200', message: 'Start scheduling.' },
  ],
  [
    '2020-09-17 09:43:39,318|ERROR|230|Failed to process {"id": 0}',
    { time: '2020-09-17T09:43:39.318Z', level: 4, pid: 230, message: 'Failed to process {"id": 0}' },
  ],
  ['2020-09-17 09:43:39.318|WARN|old', { time: '2020-09-17T09:43:39.318Z', level: 3, message: 'old' }],
  ['2020-09-17 09:43:39,318|FATAL|230|', { time: '2020-09-17T09:43:39.318Z', level: 5, pid: 230, message: '' }],
  ['2020-09-17 09:43:39,318|INFO|230', { time: '2020-09-17T09:43:39.318Z', level: 2, message: '230' }],
  [
    '2021-04-15T22:03:32.226929 Start the simulator.',
    { time: '2021-04-15T22:03:32.226Z', message: 'Start the simulator.' },
  ],
  ['2021-04-15T22:03:32 No fraction', { time: '2021-04-15T22:03:32Z', message: 'No fraction' }],
  ['2021-04-15T22:03:32Z zone', { time: '2021-04-15T22:03:32Z', message: 'zone' }],
  ['2021-04-15T22:03:32.5+02:00 zone', { time: '2021-04-15T20:03:32.5Z', message: 'zone' }],
  [
    '2021-04-15T22:03:32.123456789Z  INFO rslex::x: m',
    { time: '2021-04-15T22:03:32.123Z', level: 2, message: 'rslex::x: m' },
  ],
  ['[2019-11-22 15:50:54Z] Experiment: ret', { time: '2019-11-22T15:50:54Z', message: 'Experiment: ret' }],
  [
    '[2021-04-20T04:54:12.739549] Entering job preparation.',
    { time: '2021-04-20T04:54:12.739Z', message: 'Entering job preparation.' },
  ],
  [
    '[2026-03-25 17:32:18.918602] No started flag set.',
    { time: '2026-03-25T17:32:18.918Z', message: 'No started flag set.' },
  ],
  [
    '[2020-03-19 15:37:07,101: INFO/MainProcess] celery',
    { time: '2020-03-19T15:37:07.101Z', level: 2, message: 'celery' },
  ],
  [
    '[2020-03-19 15:37:07,101] ERROR in app: boom',
    { time: '2020-03-19T15:37:07.101Z', level: 4, message: 'in app: boom' },
  ],
  [
    '2020-03-19 15:37:07,101 - my.name - WARNING - msg - x',
    { time: '2020-03-19T15:37:07.101Z', level: 3, logger: 'my.name', message: 'msg - x' },
  ],
  ['2020-03-19 15:37:07,101 INFO name: msg', { time: '2020-03-19T15:37:07.101Z', level: 2, message: 'name: msg' }],
  [
    '2020-03-19 15:37:07,101 root ERROR msg',
    { time: '2020-03-19T15:37:07.101Z', level: 4, logger: 'root', message: 'msg' },
  ],
  [
    '2020-03-19 15:37:07,101 Got an ERROR from it',
    { time: '2020-03-19T15:37:07.101Z', message: 'Got an ERROR from it' },
  ],
  [
    '2020-03-19 15:37:07 | ERROR    | __main__:main:12 - msg',
    { time: '2020-03-19T15:37:07Z', level: 4, message: '__main__:main:12 - msg' },
  ],
  ['WARNING:root:msg', { time: null, level: 3, logger: 'root', message: 'msg' }],
  ['ERROR: Could not install', { time: null, level: 4, message: 'Could not install' }],
  ['[ERROR] bad', { time: null, level: 4, message: 'bad' }],
  ['[INFO] 2020-03-19 15:37:07 x', { time: '2020-03-19T15:37:07Z', level: 2, message: 'x' }],
  ['20/03/19 15:37:07 INFO x: y', { time: '2020-03-19T15:37:07Z', level: 2, message: 'x: y' }],
  ['2020/03/19 15:37:07 [error] 123#0: z', { time: '2020-03-19T15:37:07Z', level: 4, message: '123#0: z' }],
  ['Mar 19 15:37:07 host prog[77]: msg', { time: '2020-03-19T15:37:07Z', pid: 77, logger: 'prog', message: 'msg' }],
  ['Mar  9 15:37:07 host kernel: oom', { time: '2020-03-09T15:37:07Z', logger: 'kernel', message: 'oom' }],
  [
    'I0319 15:37:07.101250   77 file.cc:12] msg',
    { time: '2020-03-19T15:37:07.101Z', level: 2, pid: 77, message: 'msg' },
  ],
  [
    '10.0.0.4 - - [19/Mar/2020:15:37:07 +0100] "GET / HTTP/1.1" 200',
    { time: '2020-03-19T14:37:07Z', message: '"GET / HTTP/1.1" 200' },
  ],
  ['1584632227 msg', { time: '2020-03-19T15:37:07Z', message: 'msg' }],
  ['1584632227.5 msg', { time: '2020-03-19T15:37:07.5Z', message: 'msg' }],
  ['1584632227101 msg', { time: '2020-03-19T15:37:07.101Z', message: 'msg' }],
  ['\ufeff2021-04-15T22:03:32 mark', { time: '2021-04-15T22:03:32Z', message: 'mark' }],
  ['2020년 3월 19일 15:37:07 시작', { time: '2020-03-19T15:37:07Z', message: '시작' }],
  ['2020年3月19日 15:37:07 😀', { time: '2020-03-19T15:37:07Z', message: '😀' }],
  [
    '{"time": "2020-03-19T15:37:07.101Z", "level": "warning", "pid": 4, "msg": "x"}',
    {
      time: '2020-03-19T15:37:07.101Z',
      level: 3,
      pid: 4,
      message: '{"time": "2020-03-19T15:37:07.101Z", "level": "warning", "pid": 4, "msg": "x"}',
    },
  ],
  [
    '{"msg": {"time": 5}, "@timestamp": 1584632227101, "severity": "ERROR"}',
    {
      time: '2020-03-19T15:37:07.101Z',
      level: 4,
      message: '{"msg": {"time": 5}, "@timestamp": 1584632227101, "severity": "ERROR"}',
    },
  ],
];

describe('line prefixes', () => {
  test.each(cases)('%s', (line, expected) => {
    const bytes = new TextEncoder().encode(line);
    const out = createPrefix();
    parsePrefix(bytes, 0, bytes.length, out);
    expect(hasPrefix(out)).toBe(true);
    const ms = expected.time === null ? null : at(expected.time);
    if (ms === null) expect(out.timeUs).toBeNaN();
    else expect(Math.floor(out.timeUs / 1000) * 1000).toBe(ms);
    expect(out.level).toBe(expected.level ?? 0);
    expect(out.pid).toBe(expected.pid ?? -1);
    expect(new TextDecoder().decode(bytes.subarray(out.length))).toBe(expected.message);
    expect(line.slice(decodePrefix(line)?.length)).toBe(expected.message);
    expect(decodePrefix(line)).toMatchObject({
      level: out.level,
      logger: expected.logger ?? null,
      thread: expected.thread ?? null,
      func: expected.func ?? null,
    });
  });

  test.each([
    'Traceback (most recent call last):',
    'KeyError: 3',
    'a print',
    '  File "x.py", line 3',
    '2020-13-19 15:37:07,101|INFO|x',
    '2020-02-30 15:37:07,101|INFO|x',
    '1601-01-01 00:00:00,000|INFO|x',
    '9999-12-31 00:00:00 x',
    '2020-03-19 25:37:07 x',
    '1234567890 rows',
    '12 rows',
    '2020-03-19',
    '2020-3-19중15:37:07 x',
    '2020개 3월 19일 15:37:07 x',
    'ERROR something happened',
    'INFORMATIVE: x',
    'Marching 19',
    'I0 am',
    '[1, 2, 3]',
    '{"id": 17, "dequeue_count": 1}',
    '{',
    '',
  ])('%s has none', (line) => {
    const bytes = new TextEncoder().encode(line);
    const out = createPrefix();
    parsePrefix(bytes, 0, bytes.length, out);
    expect(hasPrefix(out)).toBe(false);
    expect(decodePrefix(line)).toBeNull();
  });
});
