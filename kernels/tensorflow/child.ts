// The program of a process that computes on one GPU for another process; see `process.ts`.
import { type Answer, type Call, readWords, WORDS_FD, writeWords } from './calls.ts';
import { type LocalBackend, openLocal } from './local.ts';

const say = (answer: Answer) => process.connected && process.send!(answer);
// An interrupt from the terminal reaches all processes of a run; the one that asks decides what it means.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
if (!process.connected) process.exit();
try {
  const backend = openLocal();
  process.on('message', (call: Call) => {
    try {
      const words = writeWords(WORDS_FD, compute(backend, call));
      say({ type: 'done', words, tensors: backend.held().tensors });
    } catch (error) {
      say({ type: 'failed', reason: reasonOf(error) });
    }
  });
  say({ type: 'ready', device: backend.device, gpu: backend.gpu, batchRows: backend.batchRows });
} catch (error) {
  say({ type: 'absent', reason: reasonOf(error) });
}

function compute(backend: LocalBackend, { op, words, numbers }: Call): Int32Array[] {
  const arrays = readWords(WORDS_FD, words);
  if (op === 'gridMatch') {
    const [outputs, expected, index] = arrays as [Int32Array, Int32Array, Int32Array];
    return [backend.gridMatch(outputs, expected, index)];
  }
  if (op === 'outputKey') return [backend.outputKey(arrays[0]!, numbers[0]!)];
  const [match, candidate, sample, weights] = arrays as [Int32Array, Int32Array, Int32Array, Int32Array];
  const [candidates, top] = numbers as [number, number];
  const { sums, ranking } = backend.scoreTable({ match, candidate, sample, weights, candidates, top });
  return [sums, ranking];
}

/** What the errors of a backend say, without the words that the other process adds anew. */
function reasonOf(error: unknown): string {
  return error instanceof Error
    ? error.message.replace(/^backend tensorflow (is absent|was lost): /, '')
    : String(error);
}
