// The public way to the ops for users of tfjs: `arc-batt/tfjs`.
export { gridMatch } from '../gridMatch/tfjs.ts';
export { outputKey } from '../outputKey/tfjs.ts';
export { scoreTable } from '../scoreTable/tfjs.ts';
export { registerKernels, type TfjsBackend } from './register.ts';
