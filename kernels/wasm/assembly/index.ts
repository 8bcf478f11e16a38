// The exports of the WASM module. Arguments are byte offsets in the imported memory, and counts.
export { serve, work } from './crew';
export { gridMatch } from './gridMatch';
export { scoreTable } from './scoreTable';
