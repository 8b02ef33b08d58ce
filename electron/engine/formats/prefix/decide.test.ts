import { describe, expect, test } from 'vitest';
import { decodePrefix } from './decoded-prefix.ts';
import { doubtsOf } from './file-reading.ts';
import { levelsOf, readLines, timesOf, us } from './testing/read-lines.ts';

/** Returns a few hundred lines of ISO times, one per second, with some others between them. */
function amid(others: readonly string[], count = 200): string[] {
  const start = Date.parse('2024-06-25T14:00:00Z');
  const lines = Array.from(
    { length: count },
    (_, k) => `${new Date(start + k * 1000).toISOString().slice(0, 19).replace('T', ' ')},123 INFO app: step ${k}`,
  );
  const every = Math.floor(count / (others.length + 1));
  others.forEach((line, k) => {
    lines.splice(every * (k + 1) + k, 0, line);
  });
  return lines;
}

describe('a form of time that many lines of a file have', () => {
  const one: [string, string][] = [
    ['2024-06-25 14:56:15 x', '2024-06-25T14:56:15'],
    ['2024-06-25T14:56:15.123456Z x', '2024-06-25T14:56:15.123456'],
    ['2024-06-25\t14:56:15\tx', '2024-06-25T14:56:15'],
    ['2024-06-25  14:56:15,5 x', '2024-06-25T14:56:15'],
    ['2024-06-25_14:56:15 x', '2024-06-25T14:56:15'],
    ['2024.06.25 14:56:15 x', '2024-06-25T14:56:15'],
    ['2024-06-25 10:40:29:345 x', '2024-06-25T10:40:29.345'],
    ['20171223-22:15:29:606|Step_LSC|30002312|x', '2017-12-23T22:15:29.606'],
    ['20171224-1:2:35:789|Step_LSC|30002312|x', '2017-12-24T01:02:35.789'],
    ['081109 203615 148 INFO dfs.DataNode: x', '2008-11-09T20:36:15'],
    ['240625 14:56:15 [Note] x', '2024-06-25T14:56:15'],
    ['17/06/09 20:10:40 INFO executor.X: y', '2017-06-09T20:10:40'],
    ['25/Jun/2024:14:56:15 +0000 x', '2024-06-25T14:56:15'],
    ['14/Sep/17 14:56:15 x', '2017-09-14T14:56:15'],
    ['25-Jun-2024 14:56:15.250 x', '2024-06-25T14:56:15.25'],
    ['14.09.2017 08:01:02 x', '2017-09-14T08:01:02'],
    ['[Sun Dec 04 04:47:44 2005] [notice] x', '2005-12-04T04:47:44'],
    ['[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 43286] x', '2011-09-09T10:42:29.902022'],
    ['Tue, 25 Jun 2024 14:56:15 +0900 x', '2024-06-25T05:56:15'],
    ['Tue Jun 25 14:56:15 KST 2024 x', '2024-06-25T05:56:15'],
    ['Jun 25, 2024 2:56:15 PM org.x.Y start', '2024-06-25T14:56:15'],
    ['<34>1 2003-10-11T22:14:15.003Z host su - ID47 - x', '2003-10-11T22:14:15.003'],
    ['time="2024-06-25T14:56:15Z" level=info msg="x"', '2024-06-25T14:56:15'],
    ['level=error ts=2024-06-25T14:56:15.5Z msg=x', '2024-06-25T14:56:15.5'],
    ['{"message": "x", "time": "2024-06-25T14:56:15Z"}', '2024-06-25T14:56:15'],
    [`{"message": "${'x'.repeat(20_000)}", "time": 1719327375123}`, '2024-06-25T14:56:15.123'],
    ['2024-06-25T14:56:15.123456789Z stdout F {"level":"error","msg":"x"}', '2024-06-25T14:56:15.123456'],
    ['web_1  | 2024-06-25T14:56:15Z x', '2024-06-25T14:56:15'],
    ['web_1  | {"time":"2024-06-25T14:56:15Z","level":"warn"}', '2024-06-25T14:56:15'],
    ['1719327375 x', '2024-06-25T14:56:15'],
    ['1719327375.25 x', '2024-06-25T14:56:15.25'],
    ['1719327375123 x', '2024-06-25T14:56:15.123'],
    ['1719327375123456 x', '2024-06-25T14:56:15.123456'],
    ['1719327375123456789 x', '2024-06-25T14:56:15.123456'],
    ['10.0.0.4 - - [25/Jun/2024:14:56:15 +0100] "GET / HTTP/1.1" 200 1', '2024-06-25T13:56:15'],
    ['10.0.0.4 - jane doe [25/Jun/2024:14:56:15 +0100] "GET / HTTP/1.1" 200 1', '2024-06-25T13:56:15'],
    ['2024. 6. 25. 오후 1:20:10 x', '2024-06-25T13:20:10'],
    ['2024. 6. 25. 오전 12:20:10 x', '2024-06-25T00:20:10'],
    ['2024年6月25日 14:56:15 x', '2024-06-25T14:56:15'],
    ['2024-06-25 12:26:30 AM x', '2024-06-25T00:26:30'],
    ['2024-06-25 02:26:30.5 pm x', '2024-06-25T14:26:30.5'],
    ['6/25/2024 2:26:30 PM x', '2024-06-25T14:26:30'],
    ['E0000 00:00:1719327375.250000   12345 cuda_dnn.cc:8310] x', '2024-06-25T14:56:15.25'],
    ['(2024-06-25 14:56:15) x', '2024-06-25T14:56:15'],
    ['INFO [main] 2024-06-25 14:56:15 x', '2024-06-25T14:56:15'],
    ['node-246 unix.hw state_change 1719327375 1 x', '2024-06-25T14:56:15'],
    ['- 1117838570 2005.06.03 R02-M1 2005-06-03-15.42.50.675872 R02 RAS KERNEL INFO x', '2005-06-03T22:42:50'],
    ['2005-06-03-15.42.50.675872 R02 RAS KERNEL INFO x', '2005-06-03T15:42:50.675872'],
  ];
  test.each(one)('%s', (line, time) => {
    expect(timesOf(Array.from({ length: 20 }, () => line))).toEqual(Array.from({ length: 20 }, () => time));
  });
});

describe('what looks like a time and is none', () => {
  test.each([
    '1500000000 bytes copied',
    '12/03/20 15:37:07 lap time',
    '2019-01-01 00:00:00 is the cutoff',
    '1718000000 rows',
    '03-17 16:13:38.702 ratio',
    '20240101 000000 is its name',
  ])('%s amid ISO lines', (line) => {
    const found = timesOf(amid([line, line, line]));
    expect(found.filter((time) => time === null)).toHaveLength(3);
  });

  test.each(['1500000000 bytes copied', '1300000000 1400000000'])('%s amid epoch lines', (line) => {
    const lines = Array.from({ length: 60 }, (_, k) => `${1_719_327_375 + k} step`);
    lines.splice(30, 0, line);
    expect(timesOf(lines)[30]).toBeNull();
  });

  test('a time in the text of some lines', () => {
    const lines = Array.from({ length: 20 }, (_, k) =>
      k % 5 === 0 ? `retry at 2024-06-25 14:56:1${k % 10} again` : `step ${k} is done`,
    );
    expect(timesOf(lines).every((time) => time === null)).toBe(true);
  });

  test('numbers of a table', () => {
    const lines = Array.from({ length: 20 }, (_, k) => `${k} 1719327375 0.5`);
    lines[3] = 'loss 12 13 14';
    expect(timesOf(['1500000000 rows', 'loaded', 'ready', 'go', 'end of it'])[0]).toBeNull();
  });
});

test("a time of the file's own form that is years away is part of a message", () => {
  const lines = amid([]).map((line) => line.replace(',123', ''));
  lines[50] = '1999-01-01 00:00:00 is the default';
  lines[60] = '2099-12-31 23:59:59 is the end of the lease';
  expect([timesOf(lines)[50], timesOf(lines)[60]]).toEqual([null, null]);
});

test('a line of which the file is not known can be of any year', () => {
  for (const year of [1999, 2005, 2045])
    expect(decodePrefix(`${year}-06-03 10:00:00 INFO a`)).toMatchObject({ timeUs: us(`${year}-06-03T10:00:00Z`) });
  expect(readLines(['1999-06-03 10:00:00 a', '1999-06-03 10:00:01 b']).file.forms).toMatchObject([
    { words: -1, lines: 2 },
  ]);
});

test('the example of a file whose times are values of keys is one of them', () => {
  expect(readLines(['{"a":1,"time":"2024-06-25T14:00:01Z"}']).file.example).toBe('2024-06-25T14:00:01Z');
  expect(readLines(['{"ts":1719327375.5}']).file.example).toBe('2024-06-25T14:56:15.500Z');
  const amidOthers = ['{"ts":1719327375.5}', 'no time here', '{"ts":1719327399.5}', 'none here either'];
  expect(readLines(amidOthers).file.example).toBe('2024-06-25T14:56:15.500Z');
});

describe('several forms in one file', () => {
  test('both are times where they fit each other', () => {
    const lines = amid(['Jun 25 14:00:50 host app[1]: x', '[25/Jun/2024:14:01:40 +0000] y']);
    expect(timesOf(lines, { modifiedUs: us('2024-06-26T00:00:00Z') }).filter((time) => time === null)).toHaveLength(0);
  });
  test('halves of different forms', () => {
    const lines = [
      ...Array.from({ length: 20 }, (_, k) => `2024-06-25 14:00:${String(10 + k)} a`),
      ...Array.from({ length: 20 }, (_, k) => `25.06.2024 14:01:${String(10 + k)} b`),
    ];
    expect(timesOf(lines)[25]).toBe('2024-06-25T14:01:15');
  });
});

describe('commas', () => {
  test('separate cells', () => {
    const lines = ['time,cpu,name', '2024-06-25 14:56:15,95,x', '2024-06-25 14:56:16,100,x', '2024-06-25 14:56:17,7,x'];
    expect(timesOf(lines)).toEqual([null, '2024-06-25T14:56:15', '2024-06-25T14:56:16', '2024-06-25T14:56:17']);
  });
  test('separate cells of three digits', () => {
    expect(timesOf(['2024-06-25 14:56:15,950,x', '2024-06-25 14:56:16,951,x'])[0]).toBe('2024-06-25T14:56:15');
  });
  test('are decimal marks of Python', () => {
    expect(timesOf(['2024-06-25 14:56:15,950 x', '2024-06-25 14:56:16,051 x'])[1]).toBe('2024-06-25T14:56:16.051');
    expect(timesOf(['2024-06-25 14:56:15,950,INFO,x', '2024-06-25 14:56:16,051,INFO,x'])[0]).toBe(
      '2024-06-25T14:56:15.95',
    );
  });
  test('of a table are weighed against those of its header', () => {
    const rows = ['2024-06-25 14:56:15,950', '2024-06-25 14:56:16,951'];
    expect(timesOf(['time', ...rows], { isTable: true })[1]).toBe('2024-06-25T14:56:15.95');
    expect(timesOf(['time,value', ...rows], { isTable: true })[1]).toBe('2024-06-25T14:56:15');
  });
});

test('the example is the first time as it is written, whatever was read before', () => {
  const glog = ['I0625 14:56:15.123456 7 a.cc:1] x', 'E0625 14:56:16.123456 7 a.cc:1] y'];
  readLines(['1719327375.25 x', '1719327376.25 y']);
  expect(readLines(glog).file.example).toBe('0625 14:56:15.123456');
  const keyed = ['{"time": 1719327375123, "message": "x"}', '{"time": 1719327376123, "message": "y"}'];
  for (const others of [glog, ['"2024-06-25 14:56:15", x']]) {
    readLines(others);
    expect(readLines(keyed).file.example).toBe('2024-06-25T14:56:15.123Z');
  }
});

describe('the order of day and month', () => {
  test('is told by one date', () => {
    const lines = ['03/04/2024 10:00:00 a', '03/05/2024 10:00:00 b', '03/25/2024 10:00:00 c'];
    expect(timesOf(lines)).toEqual(['2024-03-04T10:00:00', '2024-03-05T10:00:00', '2024-03-25T10:00:00']);
    expect(timesOf(['03/04/2024 10:00:00 a', '25/04/2024 10:00:00 c'])[0]).toBe('2024-04-03T10:00:00');
    expect(doubtsOf(readLines(lines).file)).toEqual([]);
  });
  test('is told by when the file was changed', () => {
    const lines = ['03/12/2024 10:00:00 a', '04/12/2024 10:00:00 b'];
    const { file } = readLines(lines, { modifiedUs: us('2024-04-13T00:00:00Z') });
    expect(file).toMatchObject({ longOrder: 'mdy', orderBy: 'evidence' });
  });
  test('is stated where nothing tells it', () => {
    const { file } = readLines(['03/04/2024 10:00:00 a', '03/04/2024 10:00:01 b']);
    expect(file.orderBy).toBe('assumed');
    expect(doubtsOf(file).map(({ kind }) => kind)).toEqual(['date_order']);
  });
  test('is what a person sets', () => {
    const { rows, file } = readLines(['03/04/2024 10:00:00 a'], { choice: { order: 'dmy' } });
    expect(rows[0]?.time).toMatch(/^2024-04-03/);
    expect(doubtsOf(file)).toEqual([]);
  });
});

describe('years that the lines do not name', () => {
  const lines = ['Dec 31 23:59:59 host app: a', 'Jan  1 00:00:01 host app: b'];
  test('are those of lines in the same file that name one', () => {
    const pair = ['2023-05-16 17:21:23,334 a', 'I0516 17:21:24.000001 7 x.cc:1] b'];
    const mixed = Array.from({ length: 8 }, () => pair).flat();
    const facts = { modifiedUs: us('2026-11-28T00:00:00Z'), runUs: us('2020-05-06T00:00:00Z') };
    expect(timesOf(mixed, facts)[1]).toBe('2023-05-16T17:21:24.000001');
  });

  test('roll over at New Year and are never later than the file', () => {
    expect(timesOf(lines, { modifiedUs: us('2024-01-01T00:00:05Z') })).toEqual([
      '2023-12-31T23:59:59',
      '2024-01-01T00:00:01',
    ]);
  });
  test('are not those of a run of another time', () => {
    const facts = { modifiedUs: us('2022-01-01T00:00:05Z'), runUs: us('2024-05-01T00:00:00Z') };
    expect(timesOf(lines, facts)).toEqual(['2021-12-31T23:59:59', '2022-01-01T00:00:01']);
  });
  test('are those of the run where its days are the same', () => {
    const facts = { modifiedUs: us('2026-11-28T00:00:00Z'), runUs: us('2020-12-31T20:00:00Z') };
    expect(timesOf(lines, facts)).toEqual(['2020-12-31T23:59:59', '2021-01-01T00:00:01']);
  });
  test('of a leap day', () => {
    expect(timesOf(['Feb 29 10:00:00 host app: a'], { modifiedUs: us('2026-01-01T00:00:00Z') })[0]).toBe(
      '2024-02-29T10:00:00',
    );
  });
  test('of Android and Proxifier', () => {
    const facts = { modifiedUs: us('2024-04-01T00:00:00Z') };
    expect(
      timesOf(
        ['03-17 16:13:38.702  1702  2395 D WindowManager: x', '03-17 16:13:38.705  1702  2395 D WindowManager: x'],
        facts,
      )[0],
    ).toBe('2024-03-17T16:13:38.702');
    expect(timesOf(['[10.30 16:49:06] chrome.exe - x', '[10.30 16:49:07] chrome.exe - x'], facts)[0]).toBe(
      '2023-10-30T16:49:06',
    );
  });
});

describe('zones', () => {
  test.each([
    ['2024-06-25 14:56:15 KST x', '2024-06-25T05:56:15'],
    ['2024-06-25 14:56:15 CEST x', '2024-06-25T12:56:15'],
    ['2024-06-25 14:56:15+09 x', '2024-06-25T05:56:15'],
    ['2024-06-25 14:56:15 +09 x', '2024-06-25T05:56:15'],
    ['2024-06-25 14:56:15-03 x', '2024-06-25T17:56:15'],
    ['2024-06-25 14:56:15 GMT+3 x', '2024-06-25T11:56:15'],
    ['2024-06-25 14:56:15 UTC+09:00 x', '2024-06-25T05:56:15'],
    ['2024-06-25 14:56:15Z x', '2024-06-25T14:56:15'],
    ['2024-06-25T14:56:15.5+02:00 x', '2024-06-25T12:56:15.5'],
    ['[2024-06-25 14:56:15 EDT] x', '2024-06-25T18:56:15'],
    ['2024-06-25 14:56:15,123 PST INFO x', '2024-06-25T22:56:15.123'],
  ])('%s', (line, time) => {
    expect(timesOf([line, line, line])[0]).toBe(time);
  });
  test('that are not known are said', () => {
    const { file, rows } = readLines(['2024-06-25 14:56:15 XYZT ERROR x', '2024-06-25 14:56:16 XYZT INFO x']);
    expect(doubtsOf(file)).toMatchObject([{ kind: 'unknown_zone', message: expect.stringContaining('XYZT') }]);
    expect(rows.map(({ level }) => level)).toEqual([4, 2]);
    expect(doubtsOf(readLines(['Tue Jun 25 14:56:15 QQQ 2024 x']).file)).toHaveLength(1);
  });
  test('are not numbers that differ from line to line', () => {
    const lines = [-3, -5, 7, -2].map((count, k) => `2024-06-25 14:56:1${k} ${count} items`);
    expect(timesOf(lines)[0]).toBe('2024-06-25T14:56:10');
  });
  test('are not the first word of the message', () => {
    expect(doubtsOf(readLines(['2024-06-25 14:56:15 START of it', '2024-06-25 14:56:16 STOP']).file)).toEqual([]);
    expect(levelsOf(['2024-06-25 14:56:15 INFO a', '2024-06-25 14:56:15 EST b'])[0]).toBe(2);
  });
  test('that a person sets', () => {
    const fold = [
      '2024-11-03 00:59:59 a',
      '2024-11-03 01:30:00 b',
      '2024-11-03 01:59:59 c',
      '2024-11-03 01:00:00 d',
      '2024-11-03 01:30:00 e',
      '2024-11-03 02:00:00 f',
    ];
    expect(timesOf(fold, { choice: { zone: 'America/New_York' } })).toEqual([
      '2024-11-03T04:59:59',
      '2024-11-03T05:30:00',
      '2024-11-03T05:59:59',
      '2024-11-03T06:00:00',
      '2024-11-03T06:30:00',
      '2024-11-03T07:00:00',
    ]);
    expect(timesOf(['2024-06-25 14:56:15 a'], { choice: { zone: '+09:00' } })[0]).toBe('2024-06-25T05:56:15');
  });
});

describe('nanoseconds', () => {
  test('are kept', () => {
    expect(readLines(['2024-06-25T14:56:15.123456789Z x']).rows[0]).toMatchObject({ nanos: 789 });
    expect(readLines(['1719327375123456789 x']).rows[0]).toMatchObject({ nanos: 789 });
    expect(readLines(['{"time":1719327375123456789}']).rows[0]).toMatchObject({ nanos: 789 });
  });
});

describe('levels are fields', () => {
  test.each([
    ['2024-06-25 14:56:15,123 1234 ERROR boom', 4],
    ['2024-06-25 14:56:15,123 (MainThread) ERROR boom', 4],
    ['2024-06-25 14:56:15,123 f.py[line:12] ERROR boom', 4],
    ['2024-06-25 14:56:15,123 f.py:12 ERROR boom', 4],
    ['2024-06-25 14:56:15,123 [main] [ERROR] boom', 4],
    ['2024-06-25 14:56:15 [ERR] boom', 4],
    ['[ERR] boom', 4],
    ['[CRIT] boom', 5],
    ['SEVERE: boom', 4],
    ['2024-06-25 14:56:15 SEVERE boom', 4],
    ['2024/06/25 14:56:15 [emerg] 12#0: boom', 5],
    ['2024-06-25 14:56:15.123456: E tensorflow/stream_executor/cuda/cuda_driver.cc:271] boom', 4],
    ['2024-06-25 14:56:15.123456: W external/local_xla/xla.cc:1] boom', 3],
    ['E0625 14:56:15.123456   12345 file.go:12] boom', 4],
    ['03-17 16:13:38.702  1702  2395 E WindowManager: boom', 4],
    ['2024-06-25 14:56:15 | ERROR    | __main__:main:12 - boom', 4],
    ['2024-06-25T14:56:15.123Z\terror\tboom', 4],
    ['2024-06-25 14:56:15,123 - app.core - error - boom', 4],
    ['2016-09-28 04:30:30, Info                  CBS    boom', 2],
    ['[2024-06-25 14:56:15 WARN  app] boom', 3],
    ['{"time":"2024-06-25T14:56:15Z","level":50,"msg":"boom"}', 4],
    ['{"time":"2024-06-25T14:56:15Z","level":"50"}', 4],
    ['{"time":"2024-06-25T14:56:15Z","levelno":50}', 5],
    ['{"time":"2024-06-25T14:56:15Z","level":3}', 4],
    ['2024-06-25T14:56:15Z level=error msg="boom"', 4],
    ['2024-06-25T14:56:15Z stderr F ERROR boom', 4],
    ['<11>Jun 25 14:56:15 host app: boom', 4],
    ['E/Tag     (  123): boom', 4],
  ])('%s', (line, level) => {
    expect(levelsOf([line])).toEqual([level]);
    expect(levelsOf([line, line, line])).toEqual([level, level, level]);
  });
  test.each([
    '2024-06-25 14:56:15 ERROR=0',
    '2024-06-25 14:56:15 ERROR.log rotated',
    '2024-06-25 14:56:15 ERROR-RATE 0.0%',
    '2024-06-25 14:56:15 ERROR_COUNT 0',
    '2024-06-25 14:56:15 errors: 0',
    '2024-06-25 14:56:15 Got an ERROR from it',
    '2024-06-25 14:56:15 1234 I am here',
    'ERROR=0',
    'ERROR.log rotated',
    'ERROR-RATE 0.0%',
    'errors: 0',
    'WARNINGS: none',
    '{"time":"2024-06-25T14:56:15Z","level":"error_rate"}',
  ])('%s has none', (line) => {
    expect(levelsOf([line])).toEqual([0]);
    expect(levelsOf([line, line, line])).toEqual([0, 0, 0]);
  });
});
