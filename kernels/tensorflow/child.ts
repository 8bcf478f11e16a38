// The program of a process that computes on one GPU for another process; see `tensorFlowProcess.ts`.
import { reasonOf } from '../backend.ts';
import { computed } from '../spread.ts';
import { type Answer, type Call, readWords, WORDS_FD, writeWords } from './calls.ts';
import { openLocal } from './openLocal.ts';

const say = (answer: Answer) => process.connected && process.send!(answer);
// An interrupt from the terminal reaches all processes of a run; the one that asks decides what it means.
process.on('SIGINT', () => {});
process.on('disconnect', () => process.exit());
if (!process.connected) process.exit();
try {
  const backend = openLocal();
  process.on('message', ({ op, words: lengths, numbers }: Call) => {
    try {
      const words = writeWords(WORDS_FD, computed(backend, op, readWords(WORDS_FD, lengths), numbers));
      say({ type: 'done', words, held: backend.held(), steps: backend.steps() });
    } catch (error) {
      say({ type: 'failed', reason: reasonOf(error) });
    }
  });
  say({ type: 'ready', device: backend.device, gpu: backend.gpu, batchRows: backend.batchRows });
} catch (error) {
  say({ type: 'absent', reason: reasonOf(error) });
}
