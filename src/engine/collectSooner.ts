// Has V8 collect garbage sooner, in all threads.
import { setFlagsFromString } from 'node:v8';

let asked = false;

/** Of its own V8 lets a heap grow to several times what is alive, which may be several hundred MB. */
export function collectSooner(): void {
  if (asked) return;
  asked = true;
  setFlagsFromString('--heap-growing-percent=60');
}
