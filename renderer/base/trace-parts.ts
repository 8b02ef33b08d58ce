/**
 * A parsed Python traceback: the exceptions of its chain, each with its frames, with the user's
 * frames marked.
 */

export interface TraceFrame {
  file: string;
  line: number;
  name: string;
  code: string | null;
  isUser: boolean;
  /** The line of the log, 1-based. */
  at: number;
}

export interface TracePart {
  /**
   * The text before it: `The above exception was the direct cause of …`, or the line that leads in.
   */
  lead: string | null;
  frames: TraceFrame[];
  error: { text: string; at: number } | null;
}

interface Line {
  line: number;
  text: string;
}

const FRAME = /^\s*File "(.+)", line (\d+)(?:, in (.+))?$/;
const HEAD = /Traceback \(most recent call last\):\s*$/;
const LINK = /^\s*(?:The above exception was the direct cause|During handling of the above exception)/;
/[\\/](?:site|dist)-packages[\\/]|[\\/]lib[\\/]python[\d.]*[\\/]|[\\/]driver[\\/]|^<frozen|azureml[-_]/;

/**
 * Parses a traceback. `userFrames` are `file:function` as the engine found them; if it found none,
 * no frame counts as the user's.
 */
export function traceParts(lines: readonly Line[], userFrames: readonly string[]): TracePart[] {
  const parts: TracePart[] = [];
  let part: TracePart = { lead: null, frames: [], error: null };
  let frame: TraceFrame | null = null;
  let lead: string | null = null;
  const isStarted = () => part.frames.length > 0 || part.error !== null;
  const open = () => {
    if (isStarted()) parts.push(part);
    part = { lead, frames: [], error: null };
    lead = null;
    frame = null;
  };
  for (const { line, text } of lines) {
    const match = FRAME.exec(text);
    if (match !== null) {
      if (part.error !== null) open();
      const [, file = '', at = '0', name = '<module>'] = match;
      frame = { file, line: Number(at), name, code: null, isUser: isUser(file, name, userFrames), at: line };
      part.frames.push(frame);
    } else if (HEAD.test(text)) {
      const before = text.replace(HEAD, '').trim();
      if (before !== '') lead = before;
      if (isStarted() || part.lead === null) open();
    } else if (LINK.test(text)) lead = text.trim();
    else if (text.trim() === '') continue;
    else if (frame !== null && /^\s/.test(text)) {
      // Carets under the code (Python 3.11) mean nothing without it.
      if (frame.code === null && !/^[\s~^]+$/.test(text)) frame.code = text.trim();
    } else if (part.frames.length > 0 && part.error === null) part.error = { text, at: line };
    else if (part.error !== null && lead === null) part.error.text += `\n${text}`;
    else if (!isStarted()) part.lead = part.lead === null ? text : `${part.lead}\n${text}`;
  }
  if (isStarted()) parts.push(part);
  return parts;
}

function isUser(file: string, name: string, userFrames: readonly string[]): boolean {
  const base = file.split(/[\\/]/).at(-1) ?? file;
  return userFrames.includes(`${base}:${name}`);
}
