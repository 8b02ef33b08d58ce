/**
 * Tracebacks as Python prints them, plain and chained, through user frames and the service's own
 * frames.
 */
import { itemName } from './attempt-text.ts';
import type { SimulatedRun } from './run-model.ts';
import { FATE } from './scenario.ts';

export interface RaisedError {
  /** The exception as `str(exc)` returns it. */
  message: string;
  /** Class and message, which end the traceback. */
  last: string;
  /** From `Traceback (most recent call last):` to the last line, each ending in a line feed. */
  traceback: string;
}

const SITE = '/azureml-envs/azureml_6d1c0e3f/lib/python3.6/site-packages';

function scriptPath(run: SimulatedRun): string {
  return `/mnt/batch/tasks/shared/LS_root/jobs/contoso-ml/azureml/${run.runId}/mounts/workspaceblobstore/azureml/${run.runId}/batch_score.py`;
}

function serviceFrames(run: SimulatedRun, method: 'init' | 'run'): string {
  const root =
    run.options.layout === '1'
      ? `${scriptPath(run).replace('batch_score.py', 'driver')}`
      : `${SITE}/azureml_sys/parallel_run`;
  if (method === 'init') {
    return `  File "${root}/task_processor.py", line 131, in init\n    self.entry_script.init()\n`;
  }
  return `  File "${root}/task_processor.py", line 208, in run_method\n    result = self.entry_script.run(mini_batch)\n`;
}

function chained(run: SimulatedRun, item: number): RaisedError {
  const script = scriptPath(run);
  const message = `cannot score ${itemName(item)}: no reference for sku`;
  const last = `RuntimeError: ${message}`;
  return {
    message,
    last,
    traceback: `Traceback (most recent call last):
  File "${script}", line 88, in lookup
    reference = table[sku]
KeyError: 'sku_${item % 97}'

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
${serviceFrames(run, 'run')}  File "${script}", line 61, in run
    row = score_one(path, self_check=True)
  File "${script}", line 92, in lookup
    raise RuntimeError(f"cannot score {path}: no reference for sku")
${last}
`,
  };
}

function directCause(run: SimulatedRun, item: number): RaisedError {
  const script = scriptPath(run);
  const message = `cannot identify image file '${itemName(item)}'`;
  const last = `PIL.UnidentifiedImageError: ${message}`;
  return {
    message,
    last,
    traceback: `Traceback (most recent call last):
  File "${SITE}/PIL/PngImagePlugin.py", line 169, in read
    raise SyntaxError("broken PNG chunk")
SyntaxError: broken PNG chunk (near byte ${(item * 37) % 9000})

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
${serviceFrames(run, 'run')}  File "${script}", line 58, in run
    image = Image.open(path)
  File "${SITE}/PIL/Image.py", line 2862, in open
    raise UnidentifiedImageError(message) from error
${last}
`,
  };
}

function plain(run: SimulatedRun, item: number): RaisedError {
  const script = scriptPath(run);
  const message = `could not convert string to float: 'n/a' (row ${(item * 13) % 800}, größe)`;
  const last = `ValueError: ${message}`;
  return {
    message,
    last,
    traceback: `Traceback (most recent call last):
${serviceFrames(run, 'run')}  File "${script}", line 64, in run
    features = normalise(frame)
  File "${script}", line 41, in normalise
    return [float(cell) for cell in frame.split(";")]
  File "${script}", line 41, in <listcomp>
    return [float(cell) for cell in frame.split(";")]
${last}
`,
  };
}

function diskFull(run: SimulatedRun, item: number): RaisedError {
  const message = '[Errno 28] No space left on device';
  const last = `OSError: ${message}: '/tmp/scores/${itemName(item)}.npy'`;
  return {
    message: `${message}: '/tmp/scores/${itemName(item)}.npy'`,
    last,
    traceback: `Traceback (most recent call last):
${serviceFrames(run, 'run')}  File "${scriptPath(run)}", line 70, in run
    np.save(target, scores)
  File "${SITE}/numpy/lib/npyio.py", line 524, in save
    fid = open(file, "wb")
${last}
`,
  };
}

/** The service's message about a run() that returns neither a list nor a DataFrame. */
export const WRONG_TYPE =
  'The run() method in the entry script should return a list or a pandas DataFrame. The length of returned result is considered as succeeded number of items. For --output_action=append_row, the returned result is what to write into the result file. The actual type of output is NoneType.';

function wrongType(run: SimulatedRun): RaisedError {
  const root = run.options.layout === '1' ? 'driver' : 'azureml_sys.parallel_run';
  const last = `${root === 'driver' ? 'exception' : 'azureml_common.parallel_run.exception'}.EntryScriptRunReturnWrongType: ${WRONG_TYPE}`;
  return {
    message: `${WRONG_TYPE}\nPlease check logs for error. You can check logs/readme.txt for the layout of logs.`,
    last,
    traceback: `Traceback (most recent call last):
  File "${run.options.layout === '1' ? 'driver' : `${SITE}/azureml_sys/parallel_run`}/task_processor.py", line 231, in check_result
    raise EntryScriptRunReturnWrongType(message)
${last}
Please check logs for error. You can check logs/readme.txt for the layout of logs.
`,
  };
}

/** Returns what run() raised in this attempt; the same mini-batch always raises the same. */
export function runError(run: SimulatedRun, miniBatch: number, fate: number): RaisedError {
  const item = miniBatch * run.options.itemsPerMiniBatch + (miniBatch % run.options.itemsPerMiniBatch);
  if (fate === FATE.diskFull) return diskFull(run, item);
  if (fate === FATE.wrongType) return wrongType(run);
  const variant = miniBatch % 3;
  return variant === 0 ? chained(run, item) : variant === 1 ? directCause(run, item) : plain(run, item);
}

/** Returns what init() raised. */
export function initError(run: SimulatedRun): RaisedError {
  const script = scriptPath(run);
  if (run.scenario.initMode === 'import') {
    const message = "No module named 'lightgbm'";
    return {
      message,
      last: `ModuleNotFoundError: ${message}`,
      traceback: `Traceback (most recent call last):
${serviceFrames(run, 'init').replace('self.entry_script.init()', 'module = importlib.import_module(name)')}  File "/azureml-envs/azureml_6d1c0e3f/lib/python3.6/importlib/__init__.py", line 126, in import_module
    return _bootstrap._gcd_import(name[level:], package, level)
  File "${script}", line 7, in <module>
    import lightgbm as lgb
ModuleNotFoundError: ${message}
`,
    };
  }
  const message = `[Errno 2] No such file or directory: '/mnt/models/défaut-classifier/3/model.onnx'`;
  return {
    message,
    last: `FileNotFoundError: ${message}`,
    traceback: `Traceback (most recent call last):
${serviceFrames(run, 'init')}  File "${script}", line 24, in init
    model = load_model(Model.get_model_path("défaut-classifier"))
  File "${script}", line 31, in load_model
    with open(os.path.join(folder, "model.onnx"), "rb") as handle:
FileNotFoundError: ${message}
`,
  };
}
