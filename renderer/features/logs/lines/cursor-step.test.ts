import { expect, test } from 'vitest';
import { type CursorSituation, cursorStep } from './cursor-step.ts';

const line = { fileId: 1, line: 7 };
const nothing: CursorSituation = {
  current: null,
  selected: { line: null, timeUs: null },
  agreed: { line: null, isProvisional: false },
  isOtherStream: false,
};

test('other lines begin at the top if nothing is selected', () => {
  expect(cursorStep({ ...nothing, isOtherStream: true })).toEqual({ to: 'top' });
  expect(cursorStep(nothing)).toEqual({ to: 'here' });
});

test('a selected time goes before a line that the window only remembers', () => {
  const selected = { line: null, timeUs: 5 };
  expect(cursorStep({ ...nothing, current: line, selected, isOtherStream: true })).toEqual({ to: 'time', timeUs: 5 });
  expect(cursorStep({ ...nothing, current: line, selected })).toEqual({ to: 'here' });
});

test('the place of a time is looked up again when all lines are counted', () => {
  const situation = { ...nothing, selected: { line: null, timeUs: 5 } };
  expect(cursorStep({ ...situation, agreed: { line: null, isProvisional: true } })).toEqual({ to: 'time', timeUs: 5 });
});

test('the cursor follows a line that was selected elsewhere, and its time finds it among merged lines', () => {
  const situation = { ...nothing, current: line, selected: { line, timeUs: 5 } };
  expect(cursorStep(situation)).toEqual({ to: 'line', line, timeUs: 5 });
  expect(cursorStep({ ...situation, agreed: { line: { fileId: 2, line: 7 }, isProvisional: false } })).not.toBeNull();
});

test('the cursor stays at the line that it selected itself, unless the lines are others or not all counted', () => {
  const situation = {
    ...nothing,
    current: line,
    selected: { line, timeUs: 5 },
    agreed: { line, isProvisional: false },
  };
  expect(cursorStep(situation)).toBeNull();
  expect(cursorStep({ ...situation, current: { ...line } })).toBeNull();
  expect(cursorStep({ ...situation, isOtherStream: true })?.to).toBe('line');
  expect(cursorStep({ ...situation, agreed: { line, isProvisional: true } })?.to).toBe('line');
});
