/**
 * Output of the entry script: a pool of lines with changing figures, in forms of its own (its own
 * clocks, JSON, progress bars that rewrite their line), none of them made for a parser.
 */
import { itemName } from './attempt-text.ts';
import type { Random } from './random.ts';
import { type Stamp, threeDigits } from './stamp.ts';

const LABELS = ['intact', 'scratched', 'bent', 'unlabelled', 'oxidised', 'überbelichtet', 'dent (rim)', 'OK'];
const HEX: string[] = Array.from({ length: 4096 }, (_, i) => i.toString(16).padStart(3, '0'));
const WEEK = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTH = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The tail of a logger line: `LEVEL`, function and message, for
 * `time|name|LEVEL|pid|thread|func()|message`.
 */
export interface LoggerText {
  level: 'DEBUG' | 'INFO' | 'WARNING';
  func: string;
  message: string;
}

const shared: LoggerText = { level: 'INFO', func: 'run', message: '' };

/** Draws a logger line; the next call reuses the returned object. */
export function loggerText(random: Random, item: number): LoggerText {
  const bits = random.next32();
  const a = threeDigits(bits % 1000);
  const b = threeDigits((bits >>> 10) % 1000);
  const label = LABELS[(bits >>> 20) & 7] ?? '';
  const out = shared;
  out.level = 'DEBUG';
  switch ((bits >>> 23) & 15) {
    case 0:
      out.level = 'INFO';
      out.func = 'run';
      out.message = `batch_score.py: scored ${itemName(item)} as ${label} with 0.${a}${b} in ${bits % 89}.${b} ms`;
      break;
    case 1:
      out.level = 'WARNING';
      out.func = 'postprocess';
      out.message = `low confidence 0.${a} for ${itemName(item)}, kept (threshold 0.350)`;
      break;
    case 2:
      out.func = 'preprocess';
      out.message = `resized ${itemName(item)} from ${2 + (bits % 5)}${a}x${1 + (bits % 3)}${b} to 224x224, mean=[0.${a}, 0.${b}, 0.406]`;
      break;
    case 3:
      out.func = 'cache_lookup';
      out.message = `hit for ${itemName(item)} etag=0x8D7${HEX[bits & 4095]}${HEX[(bits >>> 12) & 4095]}F age=${a} s`;
      break;
    case 4:
      out.level = 'INFO';
      out.func = 'run';
      out.message = `{"event": "scored", "file": "${itemName(item)}", "label": "${label}", "p": 0.${a}${b}, "latency_ms": ${bits % 97}.${a}}`;
      break;
    case 5:
      out.func = 'topk';
      out.message = `top-3 of ${itemName(item)}: [('${label}', 0.${a}), ('${LABELS[(bits >>> 3) & 7]}', 0.0${b}), ('other', 0.00${a})]`;
      break;
    case 6:
      out.func = 'decode';
      out.message = `EXIF orientation ${1 + (bits & 7)}, ${b}${a} bytes, sha1 ${HEX[bits & 4095]}${HEX[(bits >>> 4) & 4095]}${HEX[(bits >>> 8) & 4095]}${HEX[(bits >>> 16) & 4095]}`;
      break;
    case 7:
      out.func = 'timer';
      out.message = `stage=forward batch=${bits % 64} elapsed=0.${b}${a}s queue_depth=${bits % 17}`;
      break;
    default:
      out.func = bits & 1 ? 'run' : 'forward';
      out.message = `item ${item} (${itemName(item)}): logits min -${bits % 9}.${a} max ${bits % 13}.${b}, label ${label}`;
  }
  return out;
}

/** Draws one printed line, with its line feed. */
export function printText(random: Random, stamp: Stamp, ms: number, item: number, pid: number): string {
  const bits = random.next32();
  const a = threeDigits(bits % 1000);
  const b = threeDigits((bits >>> 10) % 1000);
  switch ((bits >>> 20) & 15) {
    case 0:
      return `{"ts": ${stamp.epoch(ms, bits % 1000)}, "level": "info", "msg": "scored", "file": "${itemName(item)}", "score": 0.${a}${b}}\n`;
    case 1: {
      const date = stamp.date(ms);
      const day = String(date.getUTCDate()).padStart(2, ' ');
      return `${WEEK[date.getUTCDay()]} ${MONTH[date.getUTCMonth()]} ${day} ${stamp.plain(ms).slice(11)} ${date.getUTCFullYear()} finished ${itemName(item)}\n`;
    }
    case 2: {
      const plain = stamp.plain(ms);
      return `I${plain.slice(5, 7)}${plain.slice(8, 10)} ${plain.slice(11)}.${a}${b} ${String(pid).padStart(6)} session.cc:${80 + (bits % 90)}] allocated ${bits % 512} MiB for graph ${bits % 12}\n`;
    }
    case 3:
      return `[${stamp.plain(ms)}] (scorer) ${itemName(item)} -> 0.${a}\n`;
    case 4:
      return '\n';
    case 5:
      return bits & 64
        ? `   score  label      file\n`
        : `scored ${itemName(item)}scored ${itemName(item + 1)} p=0.${a}\n p=0.${b}\n`;
    case 6:
      return `${bits % 1000}  0.${b}  ${LABELS[bits & 7]}  ${itemName(item)}\n`;
    case 7:
      return `tensor([[${bits & 1 ? '-' : ' '}0.${a}, 0.${b}, 1.${a}],\n`;
    default:
      return `scored ${itemName(item)} p=0.${a}${b} (${bits % 60} of ${10 + (bits % 90)})\n`;
  }
}

/** Draws a progress bar as tqdm leaves it in a file: one line, rewritten with carriage returns. */
export function progressBar(random: Random, what: string, steps: number): string {
  let text = '';
  const blocks = ' ▏▎▍▌▋▊▉';
  for (let i = 0; i <= steps; i++) {
    const share = i / steps;
    const cells = share * 10;
    const bar = '█'.repeat(Math.floor(cells)) + (cells % 1 > 0 ? (blocks[Math.floor((cells % 1) * 8)] ?? '') : '');
    const seconds = Math.floor(i * 1.7);
    const rate = i === 0 ? '?it/s' : `${random.range(0.4, 3).toFixed(2)}it/s`;
    const left = i === 0 ? '?' : `00:${String(Math.floor((steps - i) * 1.7) % 60).padStart(2, '0')}`;
    text += `\r${what}: ${String(Math.floor(share * 100)).padStart(3)}%|${bar.padEnd(10)}| ${i}/${steps} [00:${String(seconds % 60).padStart(2, '0')}<${left}, ${rate}]`;
  }
  return `${text}\n`;
}

/** Draws a very long line, a printed embedding, with `word` near its end. */
export function longLine(random: Random, chars: number, word: string): string {
  const parts: string[] = [];
  for (let length = 0; length < chars; ) {
    const bits = random.next32();
    const part = `${bits & 1 ? '-' : ''}0.${threeDigits(bits % 1000)}${threeDigits((bits >>> 10) % 1000)}`;
    parts.push(part);
    length += part.length + 2;
  }
  parts.splice(parts.length - 6, 0, `'${word}'`);
  return `embedding: [${parts.join(', ')}]`;
}

/** Returns what the start of a process prints before init() does anything. */
export function startupPrints(pid: number): string {
  return `Using TensorFlow backend.

/azureml-envs/azureml_6d1c0e3f/lib/python3.6/site-packages/sklearn/externals/joblib.py:14: FutureWarning: joblib moved out of here.
  warnings.warn(text, category=FutureWarning)
CUDA_VISIBLE_DEVICES is not set, pid=${pid}
`;
}

/** Returns the banner of init(), which has text beyond ASCII. */
export function initPrints(): string {
  return `┌──────────────────────────────┐
│ défaut-classifier  v3 — prêt │
└──────────────────────────────┘
model summary:

  layer      params
  conv1        9408
  block4    2359296
  dense      409800
`;
}
