import { describe, expect, test } from 'vitest';
import { decodePrefix } from './prefix/decoded-prefix.ts';
import { nextTraceback, parseTraceback } from './traceback.ts';

function roles(lines: string[]): string[] {
  let state = 0;
  return lines.map((line) => {
    const step = nextTraceback(state, line, decodePrefix(line) !== null);
    state = step.state;
    return step.role ?? '-';
  });
}

const chained = `Traceback (most recent call last):
  File "/mnt/entry/score.py", line 7, in run
    open(path)
FileNotFoundError: [Errno 2] No such file: 'a.png'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/azureml-envs/lib/python3.6/site-packages/azureml_sys/task.py", line 9, in call
    run(batch)
  File "/mnt/entry/score.py", line 9, in run
    raise ScoreError(path) from error
score.errors.ScoreError: a.png
second line of the message

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "driver/amlbi_main.py", line 275, in main
    main()
azureml_common.parallel_run.exception.EntryScriptRunException: run() failed
a print`.split('\n');

describe('the traceback tracker', () => {
  test('a plain traceback, then prints', () => {
    expect(
      roles([
        'hello',
        'Traceback (most recent call last):',
        '  File "a.py", line 1, in f',
        '    x',
        'KeyError: 3',
        'done',
      ]),
    ).toEqual(['-', 'first', 'inner', 'inner', 'last', '-']);
  });

  test('a traceback at the end of a prefixed line, closed by the next record', () => {
    expect(
      roles([
        '2020-09-17 09:43:39,318|ERROR|230|Failed to process x. Detail: Traceback (most recent call last):',
        '  File "a.py", line 1, in f',
        '2020-09-17 09:43:39,318|INFO|230|next',
        'text',
      ]),
    ).toEqual(['first', 'inner', '-', '-']);
  });

  test('chained exceptions are one traceback', () => {
    const found = roles(chained);
    expect(found.filter((role) => role === 'first')).toHaveLength(1);
    expect(found.filter((role) => role === 'last')).toHaveLength(3);
    expect(found.at(-1)).toBe('-');
  });

  test('exception groups', () => {
    const lines = [
      '  + Exception Group Traceback (most recent call last):',
      '  |   File "a.py", line 1, in f',
      '  | ExceptionGroup: two (2 sub-exceptions)',
      '  +-+---------------- 1 ----------------',
      '    | ValueError: 1',
      '    +---------------- 2 ----------------',
      '    | TypeError: 2',
      '    +------------------------------------',
      'print',
    ];
    expect(roles(lines)).toEqual(['first', 'inner', 'inner', 'inner', 'inner', 'inner', 'inner', 'last', '-']);
    expect(parseTraceback(lines)).toMatchObject({ chain: ['ValueError', 'TypeError', 'ExceptionGroup'] });
  });

  test('a syntax error with its caret', () => {
    expect(
      roles([
        'Traceback (most recent call last):',
        '  File "a.py", line 1, in f',
        '    import b',
        '  File "b.py", line 3',
        '    x = = 1',
        '        ^',
        'SyntaxError: invalid syntax',
      ]).at(-1),
    ).toBe('last');
  });

  test('faulthandler', () => {
    expect(
      roles([
        'Fatal Python error: Segmentation fault',
        '',
        'Current thread 0x00007f (most recent call first):',
        '  File "a.py", line 3 in f',
        'print',
      ]),
    ).toEqual(['first', 'inner', 'inner', 'inner', '-']);
  });

  test('prints in between do not end it, and do not keep it open for ever', () => {
    expect(
      roles(['Traceback (most recent call last):', '  File "a.py", line 1, in f', 'Epoch 3', '    x', 'ValueError']),
    ).toEqual(['first', 'inner', '-', 'inner', 'last']);
    let state = nextTraceback(0, 'Traceback (most recent call last):', false).state;
    let count = 0;
    while (state !== 0 && count < 100_000) {
      state = nextTraceback(state, 'a print', false).state;
      count++;
    }
    expect(count).toBeLessThan(1_000);
  });

  test.each([
    'KeyboardInterrupt',
    'Error: x',
    'socket.timeout: timed out',
    'SystemExit: 42',
    'json.decoder.JSONDecodeError: Expecting',
    'ModelGone: x',
    'torch.cuda.OutOfMemoryError: CUDA out of memory.',
  ])('%s ends a traceback', (line) => {
    expect(roles(['Traceback (most recent call last):', '  File "a.py", line 1, in f', line]).at(-1)).toBe('last');
  });
});

test('what a traceback says', () => {
  expect(parseTraceback(chained)).toEqual({
    chain: ['FileNotFoundError', 'ScoreError', 'EntryScriptRunException'],
    message: 'run() failed\na print',
    messages: ["[Errno 2] No such file: 'a.png'", 'a.png', 'run() failed'],
    userFrames: ['/mnt/entry/score.py:run:7', '/mnt/entry/score.py:run:9'],
  });
});
