/**
 * Tests profiles written by Python 3.11 as `marshal.dumps(stats, version)`, and one by
 * `cProfile.Profile().dump_stats`.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileTable, readProfile } from './profile-table.ts';

/** The same five functions in each version of the format. */
const versions = {
  v1: 'eygDAAAAdQ0AAAAvYXBwL2VudHJ5LnB5aQwAAAB1AwAAAHJ1bigFAAAAaQEAAABpAQAAAGYEMC4yNWYDMy41ezAoAwAAAHUBAAAAfmkAAAAAdRwAAAA8YnVpbHQtaW4gbWV0aG9kIHRpbWUuc2xlZXA+KAUAAABpBAAAAGkEAAAAZgEyZgEyeygDAAAAdQ0AAAAvYXBwL2VudHJ5LnB5aQwAAAB1AwAAAHJ1bigEAAAAaQQAAABpBAAAAGYBMmYBMjAoAwAAAHUPAAAAL2FwcC9tb2TDqGxlLnB5aQcAAAB1CAAAAHByw6lkaXJlKAUAAABpAgAAAGkCAAAAZgExZgQxLjI1eygDAAAAdQ0AAAAvYXBwL2VudHJ5LnB5aQwAAAB1AwAAAHJ1bigEAAAAaQIAAABpAgAAAGYBMWYEMS4yNTAoAwAAAHUNAAAAL2FwcC9lbnRyeS5weWkDAAAAdQQAAABmYWN0KAUAAABpAQAAAGkKAAAAZgQwLjI1ZgQwLjI1eygDAAAAdQ0AAAAvYXBwL2VudHJ5LnB5aQMAAAB1BAAAAGZhY3QoBAAAAGkJAAAAaQkAAABmATBmBDAuMjUoAwAAAHUPAAAAL2FwcC9tb2TDqGxlLnB5aQcAAAB1CAAAAHByw6lkaXJlKAQAAABpAQAAAGkBAAAAZgQwLjI1ZgQwLjI1MCgDAAAAdQEAAAB+aQAAAAB1AwAAAGJpZygFAAAAbAMAAAAAAAAAAARsAwAAAAEAAAAABGYBMGYFMC4xMjV7MDA=',
  v2: 'eygDAAAAdQ0AAAAvYXBwL2VudHJ5LnB5aQwAAAB1AwAAAHJ1bigFAAAAaQEAAABpAQAAAGcAAAAAAADQP2cAAAAAAAAMQHswKAMAAAB1AQAAAH5pAAAAAHUcAAAAPGJ1aWx0LWluIG1ldGhvZCB0aW1lLnNsZWVwPigFAAAAaQQAAABpBAAAAGcAAAAAAAAAQGcAAAAAAAAAQHsoAwAAAHUNAAAAL2FwcC9lbnRyeS5weWkMAAAAdQMAAABydW4oBAAAAGkEAAAAaQQAAABnAAAAAAAAAEBnAAAAAAAAAEAwKAMAAAB1DwAAAC9hcHAvbW9kw6hsZS5weWkHAAAAdQgAAABwcsOpZGlyZSgFAAAAaQIAAABpAgAAAGcAAAAAAADwP2cAAAAAAAD0P3soAwAAAHUNAAAAL2FwcC9lbnRyeS5weWkMAAAAdQMAAABydW4oBAAAAGkCAAAAaQIAAABnAAAAAAAA8D9nAAAAAAAA9D8wKAMAAAB1DQAAAC9hcHAvZW50cnkucHlpAwAAAHUEAAAAZmFjdCgFAAAAaQEAAABpCgAAAGcAAAAAAADQP2cAAAAAAADQP3soAwAAAHUNAAAAL2FwcC9lbnRyeS5weWkDAAAAdQQAAABmYWN0KAQAAABpCQAAAGkJAAAAZwAAAAAAAAAAZwAAAAAAANA/KAMAAAB1DwAAAC9hcHAvbW9kw6hsZS5weWkHAAAAdQgAAABwcsOpZGlyZSgEAAAAaQEAAABpAQAAAGcAAAAAAADQP2cAAAAAAADQPzAoAwAAAHUBAAAAfmkAAAAAdQMAAABiaWcoBQAAAGwDAAAAAAAAAAAEbAMAAAABAAAAAARnAAAAAAAAAABnAAAAAAAAwD97MDA=',
  v3: '+6gDAAAA9Q0AAAAvYXBwL2VudHJ5LnB56QwAAAD0AwAAAHJ1bigFAAAA6QEAAAByBQAAAOcAAAAAAADQP+cAAAAAAAAMQHswqAMAAAD1AQAAAH7pAAAAAPUcAAAAPGJ1aWx0LWluIG1ldGhvZCB0aW1lLnNsZWVwPigFAAAA6QQAAAByDAAAAOcAAAAAAAAAQHINAAAAe3IBAAAAqAQAAAByDAAAAHIMAAAAcg0AAAByDQAAADCoAwAAAPUPAAAAL2FwcC9tb2TDqGxlLnB56QcAAAD1CAAAAHByw6lkaXJlKAUAAADpAgAAAHITAAAA5wAAAAAAAPA/5wAAAAAAAPQ/e3IBAAAAqAQAAAByEwAAAHITAAAAchQAAAByFQAAADCoAwAAAHICAAAA6QMAAAD0BAAAAGZhY3QoBQAAAHIFAAAA6QoAAAByBgAAAHIGAAAAe3IXAAAAqAQAAADpCQAAAHIcAAAA5wAAAAAAAAAAcgYAAAByDwAAAKgEAAAAcgUAAAByBQAAAHIGAAAAcgYAAAAwqAMAAAByCQAAAHIKAAAA9AMAAABiaWcoBQAAAOwDAAAAAAAAAAAE7AMAAAABAAAAAARyHQAAAOcAAAAAAADAP3swMA==',
  v4: '+6kD+g0vYXBwL2VudHJ5LnB56QwAAADaA3J1bikF6QEAAAByBQAAAOcAAAAAAADQP+cAAAAAAAAMQHswqQP6AX7pAAAAAPocPGJ1aWx0LWluIG1ldGhvZCB0aW1lLnNsZWVwPikF6QQAAAByDAAAAOcAAAAAAAAAQHINAAAAe3IBAAAAqQRyDAAAAHIMAAAAcg0AAAByDQAAADCpA/UPAAAAL2FwcC9tb2TDqGxlLnB56QcAAAD1CAAAAHByw6lkaXJlKQXpAgAAAHITAAAA5wAAAAAAAPA/5wAAAAAAAPQ/e3IBAAAAqQRyEwAAAHITAAAAchQAAAByFQAAADCpA3ICAAAA6QMAAADaBGZhY3QpBXIFAAAA6QoAAAByBgAAAHIGAAAAe3IXAAAAqQTpCQAAAHIcAAAA5wAAAAAAAAAAcgYAAAByDwAAAKkEcgUAAAByBQAAAHIGAAAAcgYAAAAwqQNyCQAAAHIKAAAA2gNiaWcpBewDAAAAAAAAAAAE7AMAAAABAAAAAARyHQAAAOcAAAAAAADAP3swMA==',
};
/** fact(20) called 50 times; has references to strings, numbers and tuples. */
const recorded =
  '+ykD+ghlbnRyeS5weekBAAAA2gRmYWN0KQXpMgAAAGnoAwAAZ7yBru9WpTM/Z7yBru9WpTM/eykDcgEAAAByAgAAAHIDAAAAKQRptgMAAHIEAAAAZ/1jCJ1jgjI/Z/1jCJ1jgjI/KQNyAQAAAOkCAAAA2gNydW4pBHIEAAAAcgQAAABn8dthKjUv8j5nvIGu71alMz8wKQNyAQAAAHIFAAAAcgYAAAApBXICAAAAcgIAAABnu6RiSsGm8D5nCKxUBMOvND97MCkD+gF+6QAAAAD6MDxtZXRob2QgJ2Rpc2FibGUnIG9mICdfbHNwcm9mLlByb2ZpbGVyJyBvYmplY3RzPikFcgIAAAByAgAAAGcsaaQpKxuQPmcsaaQpKxuQPnswMA==';

const five = [
  ['/app/entry.py', 12, 'run', 1, 1, 0.25, 3.5],
  ['~', 0, '<built-in method time.sleep>', 4, 4, 2, 2],
  ['/app/modèle.py', 7, 'prédire', 2, 2, 1, 1.25],
  ['/app/entry.py', 3, 'fact', 10, 1, 0.25, 0.25],
  ['~', 0, 'big', 2 ** 40 + 1, 2 ** 40, 0, 0.125],
].map(([file, line, name, calls, primitiveCalls, totalSeconds, cumulativeSeconds]) => ({
  file,
  line,
  name,
  calls,
  primitiveCalls,
  totalSeconds,
  cumulativeSeconds,
}));

const bytesOf = (base64: string) => Buffer.from(base64, 'base64');

describe('readProfile', () => {
  it.each(Object.entries(versions))('reads %s', (_, base64) => {
    expect(readProfile(bytesOf(base64))).toEqual({ rows: five, problem: null });
  });

  it('reads what cProfile left', () => {
    const { rows, problem } = readProfile(bytesOf(recorded));
    expect(problem).toBeNull();
    expect(rows.map(({ name, calls, primitiveCalls }) => [name, calls, primitiveCalls])).toEqual([
      ['run', 1, 1],
      ['fact', 1_000, 50],
      ["<method 'disable' of '_lsprof.Profiler' objects>", 1, 1],
    ]);
    expect(rows[0]?.cumulativeSeconds).toBeCloseTo(0.000315652, 12);
  });

  it('gives what stood before the end of a file that was cut, wherever that is', () => {
    const whole = bytesOf(versions.v4);
    for (let length = 0; length < whole.length; length++) {
      const { rows, problem } = readProfile(whole.subarray(0, length));
      expect(problem).not.toBeNull();
      for (const row of rows) expect(five).toContainEqual(row);
    }
    expect(readProfile(whole.subarray(0, -1)).rows).toHaveLength(5);
  });

  it.each([
    ['nothing', ''],
    ['text', Buffer.from('Ordered by: cumulative time').toString('hex')],
    ['a string longer than the file', '7b75ffffff7f'],
    ['a length below nothing', '7b75ffffffff'],
    ['a long of so many digits', '7b6c00000080'],
    ['a tuple of too many values', '7b28ffffff7f'],
    ['a reference to nothing', '7b7205000000'],
    ['a reference from before the first', '7b72ffffffff'],
    ['a reference to itself', 'fba9017201000000'],
    ['a type that is none', '7b3f'],
    ['tuples in tuples', `7b${'2901'.repeat(50_000)}`],
    ['dicts in dicts', '7b'.repeat(50_000)],
  ])('says that %s is no profile', (_, hex) => {
    const { rows, problem } = readProfile(Buffer.from(hex, 'hex'));
    expect(rows).toEqual([]);
    expect(problem).toMatch(/\.$/);
  });

  it('leaves out entries that are not of functions', () => {
    const { rows, problem } = readProfile(Buffer.from('7b4e4e30', 'hex'));
    expect({ rows, problem }).toEqual({
      rows: [],
      problem: '1 of the entries are not of functions and were left out.',
    });
  });

  it('never throws', () => {
    const whole = bytesOf(versions.v4);
    const damaged = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }).map((changes) => {
      const bytes = Buffer.from(whole);
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes;
    });
    const any = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from([0x7b, ...bytes]));
    fc.assert(
      fc.property(fc.oneof(damaged, any), (bytes) => {
        for (const row of readProfile(bytes).rows) expect(Number.isFinite(row.cumulativeSeconds)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('profileTable', () => {
  it('counts all functions and their time', () => {
    expect(profileTable(bytesOf(versions.v2), false)).toEqual({
      rows: five,
      functions: 5,
      totalSeconds: 3.5,
      problem: null,
    });
    expect(profileTable(bytesOf(versions.v2), true).problem).toMatch(/64 MB/);
  });

  it('answers with 5,000 rows at most', () => {
    const entry = (line: number) => {
      const bytes = Buffer.from('2903 5a0161 6900000000 5a0162 2905 4e'.replaceAll(' ', ''), 'hex').subarray(0, -1);
      bytes.writeInt32LE(line, 6);
      const figures = Buffer.from('6901000000'.repeat(4), 'hex');
      return Buffer.concat([bytes, figures, Buffer.from('{0')]);
    };
    const bytes = Buffer.concat([
      Buffer.from('{'),
      ...Array.from({ length: 6_000 }, (_, line) => entry(line)),
      Buffer.from('0'),
    ]);
    const table = profileTable(bytes, false);
    expect(table).toMatchObject({ functions: 6_000, totalSeconds: 6_000, problem: null });
    expect(table.rows).toHaveLength(5_000);
  });
});
