import type { LinePrefix } from '../types.ts';
import { bracketEnd, clearFields, fields, isTokenByte, longestField, skipBlanks } from './prefix-scan.ts';
import { isDigit, readApacheTime, readGlogTime } from './prefix-time.ts';

/** `I0319 15:37:07.101250 25219 file.cc:12] msg`. */
export function readGlog(bytes: Uint8Array, start: number, end: number, out: LinePrefix, first: number): number {
  clearFields();
  let next = readGlogTime(bytes, start + 1, end, out);
  if (next < 0) return -1;
  next = skipBlanks(bytes, next, end);
  const from = next;
  let pid = 0;
  while (next < end && next - from < 10 && isDigit(bytes[next] ?? 0)) {
    pid = pid * 10 + (bytes[next] ?? 0) - 48;
    next++;
  }
  const close = bracketEnd(bytes, next, end);
  if (next === from || close < 0 || (bytes[next] ?? 0) !== 32) {
    out.timeUs = Number.NaN;
    return -1;
  }
  out.pid = pid;
  out.level = first === 73 ? 2 : first === 87 ? 3 : first === 69 ? 4 : 5;
  return skipBlanks(bytes, close + 1, end);
}

/** ` host program[pid]: msg` after a syslog time; only the time where the line is not of that shape. */
export function readSyslogHost(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  let next = skipBlanks(bytes, start, end);
  const message = next;
  while (next < end && next - start < longestField && (bytes[next] ?? 0) !== 32) next++;
  next++;
  const program = next;
  while (next < end && next - start < longestField && isTokenByte(bytes[next] ?? 0)) next++;
  if (next >= end || next === program) return message;
  const programEnd = next;
  let pid = -1;
  if ((bytes[next] ?? 0) === 91) {
    next++;
    const from = next;
    pid = 0;
    while (next < end && next - from < 10 && isDigit(bytes[next] ?? 0)) {
      pid = pid * 10 + (bytes[next] ?? 0) - 48;
      next++;
    }
    if (next === from || next >= end || (bytes[next] ?? 0) !== 93) return message;
    next++;
  }
  if (next >= end || (bytes[next] ?? 0) !== 58) return message;
  out.pid = pid;
  fields.loggerStart = program;
  fields.loggerEnd = programEnd;
  return skipBlanks(bytes, next + 1, end);
}

/** `10.0.0.4 - - [19/Mar/2020:15:37:07 +0000] "GET …`: the whole line stays message, the time stands inside it. */
export function readApacheLine(bytes: Uint8Array, start: number, end: number, out: LinePrefix): number {
  let next = start;
  for (let token = 0; token < 3; token++) {
    while (next < end && next - start < longestField && (bytes[next] ?? 0) !== 32) next++;
    next++;
  }
  if (next >= end || (bytes[next] ?? 0) !== 91) return -1;
  const time = readApacheTime(bytes, next + 1, end, out);
  if (time > 0 && time < end && (bytes[time] ?? 0) === 93) return skipBlanks(bytes, time + 1, end);
  out.timeUs = Number.NaN;
  return -1;
}
