// On which device TensorFlow runs each op, by its own log, in a process of its own.
import { MATCH_WORDS } from '../gridMatch/op.ts';
import { RECORD_WORDS } from '../record.ts';
import { TensorFlowProcess } from './tensorFlowProcess.ts';

/** What TensorFlow logged of one computation of each op. */
export interface Placement {
  /** TensorFlow's ops in the order in which they ran, with the device: `CPU:0`, `GPU:0`. */
  readonly ops: readonly { readonly op: string; readonly device: string }[];
  /** Copies from a GPU to the host: where every op computes on the GPU, one a result, {@link RESULTS}. */
  readonly copiesToHost: number;
}

/** Arrays that the ops give back. */
export const RESULTS = 3;

/** More than are taken at once, so that sums of sums are among the ops. */
const SCORE_ROWS = (1 << 20) + 1;

/** Has the files of TensorFlow that run ops, and copy from GPUs, say so; the log of one computation is far below 1 MiB. */
const LOGGING = { TF_CPP_MIN_LOG_LEVEL: '0', TF_CPP_VMODULE: 'execute=1,gpu_util=1' };

/**
 * Runs the ops and says where they ran.
 * @param program `child.ts`, built
 * @throws BackendAbsentError, BackendLostError
 */
export async function tracePlacement(program: URL, env: NodeJS.ProcessEnv): Promise<Placement> {
  const one = new TensorFlowProcess(program, { ...env, ...LOGGING });
  try {
    await one.ready;
    const records = new Int32Array(4 * RECORD_WORDS);
    const match = new Int32Array(SCORE_ROWS * MATCH_WORDS);
    const zeros = new Int32Array(SCORE_ROWS);
    await one.call('gridMatch', [records, records, new Int32Array(4)]);
    await one.call('scoreTable', [match, zeros, zeros, Int32Array.of(1, 0)], [2, 2]);
  } finally {
    await one.close();
  }
  return parsePlacement(one.log);
}

/** Reads {@link Placement} from a log. */
export function parsePlacement(log: string): Placement {
  const ran = log.matchAll(/^.*\bexecute\.cc:\d+\] Executing op (\w+) (?:in|on) device \S*device:(\w+:\d+)$/gm);
  return {
    ops: Array.from(ran, ([, op, device]) => ({ op: op!, device: device! })),
    copiesToHost: Array.from(log.matchAll(/\bgpu_util\.cc:\d+\] CopyGPUTensorToCPU$/gm)).length,
  };
}
