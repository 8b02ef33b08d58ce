/**
 * Python tracebacks in the lines of a log: which lines belong to one, and what it says. Forms:
 * README.md#failures; exception groups and faulthandler as CPython prints them.
 */

export type TracebackRole = 'first' | 'inner' | 'last' | null;

export interface TracebackStep {
  /** Pass it back with the next line of the same file; 0 outside a traceback. */
  state: number;
  role: TracebackRole;
}

/** Modes, in the lowest three bits of the state. */
const outside = 0;
/** Among the frames. */
const frames = 1;
/** After the exception's line: its message may continue, or a chained traceback may follow. */
const tail = 2;
/** After "During handling of the above exception…": the next traceback continues this one. */
const chaining = 3;
const group = 4;
const fault = 5;

/**
 * Set if the previous line was indented: only then does a weak `Name: message` close a traceback.
 */
const indentedBit = 8;
const strayShift = 4;
const strayMask = 0x3ff;
const totalShift = 14;

/**
 * Number of unrelated lines (prints of other threads), and of lines in all, after which a traceback
 * is abandoned.
 */
const mostStray = 500;
const mostTail = 20;
const mostLines = 20_000;

const none: TracebackStep = Object.freeze({ state: 0, role: null });
const header = 'Traceback (most recent call last):';
const chainLines = [
  'During handling of the above exception, another exception occurred:',
  'The above exception was the direct cause of the following exception:',
];
const strongException =
  /^(?:[A-Za-z_][\w<>]*\.)*(?!\d)\w*(?:Error|Exception|Exit|Interrupt|Iteration|Warning|Timeout|Timedout|TimedOut|Empty|Full|Expired|Exceeded|NotFound|Group|Abort|Failure|Fault)(?::.*)?$|^(?:[A-Za-z_][\w<>]*\.)+[A-Za-z_]\w*(?:: .*|:)?$/s;
/** A class of any name, in any script: `데이터오류: …`, `NotPositive`, `my_failure: …`. */
const weakException =
  /^(?:[A-Z]\w*|(?:[A-Za-z_]\w*\.)*[\p{Lu}\p{Lo}][\p{L}\p{N}_]*|\w*(?:err|exc|fail|fault|abort|timeout|exit)\w*)(?:: .*|:)?$/su;
const groupLine = /^\s*(?:\||\+-|\+ )/;

function pack(mode: number, indented: boolean, stray: number, total: number): number {
  return mode | (indented ? indentedBit : 0) | (stray << strayShift) | (total << totalShift);
}

/**
 * Returns the role of the next line of a file in a traceback. Pure: pass the `state` of the line
 * before, or 0 at the start of a file. `prefixed` says that the line has its own time or level and
 * so begins a record. A line with role null and a state other than 0 lies between lines of a
 * traceback (a print of another thread) or after its exception, where a chained one may follow.
 */
export function nextTraceback(state: number, line: string, prefixed: boolean): TracebackStep {
  const mode = state & 7;
  if (mode === outside) return begin(line);
  if (prefixed) return begin(line);
  const total = (state >> totalShift) + 1;
  const stray = (state >> strayShift) & strayMask;
  if (total > mostLines) return begin(line);
  const blank = isBlank(line);
  const indented = line.charCodeAt(0) === 32 || line.charCodeAt(0) === 9;
  const starts = startOf(line);

  if (mode === group) {
    if (groupLine.test(line)) {
      return { state: pack(group, false, stray, total), role: /^\s*\+-{20,}\s*$/.test(line) ? 'last' : 'inner' };
    }
    return afterException(line, starts, blank, indented, 0, total);
  }
  if (mode === fault) {
    if (blank || indented || /^(?:Current thread|Thread 0x|Python runtime state|<no Python frame>)/.test(line)) {
      return { state: pack(fault, false, stray, total), role: 'inner' };
    }
    return line.startsWith('Extension modules:') ? { state: 0, role: 'last' } : begin(line);
  }
  if (mode === tail) return afterException(line, starts, blank, indented, stray, total);

  // Among the frames, or waiting for the chained traceback.
  if (starts === group) return { state: pack(group, false, 0, total), role: mode === chaining ? 'inner' : 'first' };
  if (starts !== outside) {
    return { state: pack(starts, false, 0, total), role: mode === chaining ? 'inner' : 'first' };
  }
  if (blank || indented) return { state: pack(mode, indented, stray, total), role: 'inner' };
  if (mode === frames && isException(line, (state & indentedBit) !== 0)) {
    return { state: pack(tail, false, 0, total), role: 'last' };
  }
  if (stray + 1 > mostStray) return none;
  return { state: pack(mode, false, stray + 1, total), role: null };
}

function begin(line: string): TracebackStep {
  const starts = startOf(line);
  return starts === outside ? none : { state: pack(starts, false, 0, 0), role: 'first' };
}

/** Returns the mode that a line starts, or `outside`. */
function startOf(line: string): number {
  if (line.length < 16) return outside;
  if (endsWithHeader(line)) return /(?:^|\s)\+ Exception Group /.test(line) || /^\s+\| /.test(line) ? group : frames;
  if (line.startsWith('Fatal Python error:')) return fault;
  if (/^(?:Current t|T)hread 0x/.test(line) && line.trimEnd().endsWith('(most recent call first):')) return fault;
  return outside;
}

function endsWithHeader(line: string): boolean {
  let end = line.length;
  const least = Math.max(0, end - 64);
  while (end > least && line.charCodeAt(end - 1) <= 32) end--;
  return end >= header.length && line.charCodeAt(end - 1) === 58 && line.startsWith(header, end - header.length);
}

function afterException(
  line: string,
  starts: number,
  blank: boolean,
  indented: boolean,
  stray: number,
  total: number,
): TracebackStep {
  if (starts !== outside) return begin(line);
  if (blank || indented) {
    return stray + 1 > mostTail
      ? none
      : { state: pack(tail, false, stray + 1, total), role: indented && !blank && stray === 0 ? 'inner' : null };
  }
  if (chainLines.some((text) => line.startsWith(text)))
    return { state: pack(chaining, false, 0, total), role: 'inner' };
  return stray + 1 > mostTail ? none : { state: pack(tail, false, stray + 1, total), role: null };
}

/**
 * Decides whether a line is "During handling of the above exception…" or the like: what follows
 * belongs to the same error.
 */
export function isChainLine(line: string): boolean {
  return chainLines.some((text) => line.startsWith(text));
}

function isBlank(line: string): boolean {
  return line.length < 200 && line.trim() === '';
}

/** Decides whether an unindented line is the exception that closes a traceback. */
function isException(line: string, afterIndented: boolean): boolean {
  const text = (line.length > 400 ? line.slice(0, 400) : line).trimEnd();
  return strongException.test(text) || (afterIndented && weakException.test(text));
}

/** The content of the tracebacks in some lines. */
export interface Traceback {
  /** Exceptions, innermost cause first. */
  chain: string[];
  /** Message of the last exception, including its continuation lines; at most 2,000 characters. */
  message: string;
  /** Message of each exception in `chain`, at most 500 characters each. */
  messages: string[];
  /** `file:function:line` of each frame outside the service and libraries; at most 20. */
  userFrames: string[];
}

const frameLine = /^[\s|]*File "([^"]{1,500})", line (\d{1,9})(?:,? in (.{1,200}))?\s*$/;
const exceptionLine = /^[\s|]*((?:[\p{L}_][\p{L}\p{N}_<>]*\.)*[\p{L}_][\p{L}\p{N}_]*)(?::\s*(.*))?$/su;
const libraryFile =
  /site-packages|dist-packages|[\\/]lib[\\/]python\d|[\\/]Python\d*[\\/]lib[\\/]|^<frozen |^<string>$|azureml_(?:sys|common|user)[\\/]|(?:^|[\\/])driver[\\/]/i;
const mostFrames = 20;
const longestMessage = 2_000;

/**
 * Extracts the exception chain, the messages and the user's own frames from the tracebacks in
 * `lines`.
 */
export function parseTraceback(lines: readonly string[]): Traceback {
  const chain: string[] = [];
  const groups: string[] = [];
  const frames_: string[] = [];
  const messages: string[] = [];
  let message = '';
  let state = 0;
  let afterLast = false;
  for (const line of lines) {
    const frame = line.length < 1_000 ? frameLine.exec(line) : null;
    if (frame) addFrame(frames_, frame);
    const step = nextTraceback(state, line, false);
    const inGroup = (step.state & 7) === group;
    state = step.state;
    const exception = step.role === 'last' || (inGroup && !frame) ? readException(line, inGroup) : null;
    if (exception) {
      const list = inGroup && /Group$/.test(exception.name) ? groups : chain;
      list.push(exception.name);
      if (list === chain) messages.push(exception.message.slice(0, 500));
      if (list === chain || chain.length === 0) message = exception.message;
      afterLast = !inGroup;
    } else if (step.role === 'first' || (step.state & 7) === chaining) {
      afterLast = false;
    } else if (afterLast && (state & 7) === tail && message.length < longestMessage) {
      message += `\n${line}`;
    }
  }
  // A group adds no message to those of its members.
  const all = [...messages, ...groups.map(() => '')];
  const whole = message.slice(0, longestMessage).trimEnd();
  return { chain: [...chain, ...groups], message: whole, messages: all, userFrames: frames_ };
}

/**
 * Returns the method of the entry script that a traceback's user frames are in, or null if they are
 * in neither.
 */
export function phaseOf(userFrames: readonly string[]): 'init' | 'run' | null {
  for (const frame of userFrames) {
    const name = /:([^:]*):\d+$/.exec(frame)?.[1];
    if (name === 'init' || name === 'run') return name;
  }
  return null;
}

function addFrame(list: string[], frame: RegExpExecArray): void {
  const [, file = '', line = '', name = ''] = frame;
  if (libraryFile.test(file) || list.length >= mostFrames) return;
  const entry = `${file}:${name.trim() || '<module>'}:${line}`;
  if (!list.includes(entry)) list.push(entry);
}

function readException(line: string, inGroup: boolean): { name: string; message: string } | null {
  const text = line.length > longestMessage + 500 ? line.slice(0, longestMessage + 500) : line;
  const match = exceptionLine.exec(text.trimEnd());
  if (!match) return null;
  const [, path = '', message = ''] = match;
  if (inGroup && !strongException.test(path)) return null;
  return { name: shortName(path), message };
}

/**
 * Returns the class without its modules, or with them if the class alone says nothing
 * (`socket.timeout`).
 */
function shortName(path: string): string {
  const last = path.slice(path.lastIndexOf('.') + 1);
  return /^[\p{Lu}\p{Lo}_]/u.test(last) ? last : path;
}
