// A backend as a contender.
import type { Backend } from '../../../kernels/backend.ts';
import { MATCH_WORDS } from '../../../kernels/gridMatch/op.ts';
import type { Contender } from './contender.ts';
import type { GridMatchArguments } from './stepTimes.ts';

/** On storage as it is: ordinary one is copied, or uploaded; records of the backend it may read in place. */
export function backendContender(
  name: string,
  backend: Pick<Backend, 'gridMatch'>,
  data: GridMatchArguments,
): Contender {
  const { outputs, expected, index } = data;
  let result: Int32Array = new Int32Array(index.length * MATCH_WORDS);
  return {
    name,
    seconds: (times) => {
      const start = performance.now();
      for (let k = 0; k < times; k++) {
        const found = backend.gridMatch(outputs, expected, index, result);
        if (found instanceof Promise) return rest(found, times - k - 1, start);
      }
      return (performance.now() - start) / 1000;
    },
    result: () => result,
  };

  async function rest(first: Promise<Int32Array>, times: number, start: number): Promise<number> {
    result = await first;
    for (let k = 0; k < times; k++) result = await backend.gridMatch(outputs, expected, index, result);
    return (performance.now() - start) / 1000;
  }
}
