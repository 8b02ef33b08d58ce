import { describe, expect, it, test } from 'vitest';
import { checkFormat, sampleFaults, usableFormats } from './check.ts';
import { createTimeReader } from './time.ts';

const service = {
  id: 'my-service',
  kind: 'user',
  path: String.raw`(?:^|/)svc/(?<node>[^/]+)/(?<process>w\d+)\.log$`,
  line: String.raw`^(?<level>\w) (?<time>\S+ \S+) \[(?<pid>\d+)\] (?<message>.*)$`,
  time: '%d.%m.%Y %H:%M:%S,%f',
  levels: { W: 'warning', E: 'error' },
  samples: [
    {
      path: 'logs/svc/7/w3.log',
      node: '7',
      process: 'w3',
      lines: [
        {
          line: 'W 19.03.2020 15:37:07,101 [42] größer: low memory',
          time: '2020-03-19T15:37:07.101Z',
          level: 'warning',
          pid: 42,
          message: 'größer: low memory',
        },
        { line: '  at something', begins: false },
      ],
    },
  ],
};
const check = (change: Record<string, unknown>) => checkFormat('f.json', JSON.stringify({ ...service, ...change }));

describe('a format of one’s own', () => {
  it('is read, and its samples give what they say', () => {
    const found = check({});
    expect([found.errors, sampleFaults(found)]).toEqual([[], []]);
    const { book, problems } = usableFormats([found]);
    expect(problems).toEqual([]);
    expect(book.classify('run/logs/svc/10.0.0.4/w1.log')).toEqual({
      kind: 'user',
      format: 'own.my-service',
      generation: null,
      node: '10.0.0.4',
      process: 'w1',
      shape: 'lines',
      priority: 2,
    });
    expect(book.classify('logs/overview.txt').format).toBe('prs1.overview');
  });

  it.each([
    [{ id: 'no blanks' }, 'id: letters, digits'],
    [{ path: '(' }, 'path: Invalid regular expression'],
    [{ path: '(?<host>x)' }, 'path: the group host is not known; there are node, process'],
    [{ line: '^(?<tiem>x)' }, 'line: the group tiem is not known; there are time, level'],
    [{ line: '^x' }, 'line: it needs at least one of the groups'],
    [{ time: '%Q' }, 'time: %Q is not known; there are %Y year'],
    [{ time: '%H:%M' }, 'time: it names no day'],
    [{ levels: { W: 'warn' } }, 'levels.W: one of debug, info, warning, error, critical is needed'],
    [{ kind: 'mine' }, 'kind: one of progress,'],
    [{ extra: 1 }, 'the file: extra is not known'],
    [{ samples: [] }, 'samples: at least one sample'],
    [{ samples: [{ path: 'x', lines: [{ line: 'x', time: 'never' }] }] }, 'samples[0].lines[0].time: a time such as'],
    [{ path: undefined }, 'path: it is missing'],
  ])('%j is refused with the place and what is allowed', (change, message) => {
    const { format, errors } = check(change);
    expect(format).toBeNull();
    expect(errors[0]).toContain(message);
  });

  it('that is no JSON is said to be none, with the line', () => {
    expect(checkFormat('f.json', '{\n "id": "x",\n}').errors[0]).toMatch(/no JSON: .*line 3/);
  });

  it('whose samples do not hold is not used, and says where', () => {
    const found = check({ levels: { W: 'error' } });
    expect(sampleFaults(found)).toEqual(['samples[0].lines[0]: level is "error", not "warning"']);
    expect(usableFormats([found])).toMatchObject({
      problems: ['The format f.json is not used: samples[0].lines[0]: level is "error", not "warning".'],
    });
    expect(sampleFaults(check({ path: 'other' }))[0]).toBe('samples[0]: the path does not match the pattern');
  });

  it('without a time format reads the usual times', () => {
    for (const time of [
      '2020-03-19T15:37:07.101Z',
      '2020-03-19 15:37:07,101',
      '1584632227.101',
      '19/Mar/2020:15:37:07.101 +0000',
    ]) {
      const line = { line: `W <${time}> x`, time: '2020-03-19T15:37:07.101Z', level: 'warning', message: 'x' };
      const found = check({
        time: undefined,
        line: '^(?<level>.) <(?<time>.*?)> (?<message>.*)',
        samples: [{ path: 'svc/1/w1.log', lines: [line] }],
      });
      expect([time, sampleFaults(found)]).toEqual([time, []]);
    }
  });
});

test.each([
  ['%Y-%m-%dT%H:%M:%S.%f%z', '2020-03-19T15:37:07.5+01:00', '2020-03-19T14:37:07.500Z'],
  ['%b %e %H:%M:%S %Y', 'Mar  9 05:01:02 2020', '2020-03-09T05:01:02.000Z'],
  ['%m/%d/%y %I:%M:%S %p', '03/19/20 12:37:07 AM', '2020-03-19T00:37:07.000Z'],
  ['[%s]', '[1584632227.25]', '2020-03-19T15:37:07.250Z'],
  ['%d.%m.%Y', '31.02.2020', null],
  ['%d.%m.%Y', '1.2.2020 ', null],
])('%s reads %s', (format, text, expected) => {
  const micros = createTimeReader(format)(text);
  expect(Number.isNaN(micros) ? null : new Date(micros / 1000).toISOString()).toBe(expected);
});
