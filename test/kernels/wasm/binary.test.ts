// The WASM module as it is built: SIMD, nothing but the memory from outside, and no memory management of its own.
import binaryen from 'assemblyscript/binaryen';
import { expect, test } from 'vitest';
import { WASM_BASE64 } from '../../../kernels/wasm/binary.ts';
import { wasmModule } from '../../../kernels/wasm/wasmModule.ts';

const text = binaryen.readBinary(Buffer.from(WASM_BASE64, 'base64')).emitText();

test('imports the memory alone and exports the kernels alone', () => {
  expect(text.match(/\(import .*/g)).toEqual(['(import "env" "memory" (memory $mimport$0 0 65536 shared))']);
  expect(WebAssembly.Module.imports(wasmModule())).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  expect(WebAssembly.Module.exports(wasmModule()).map(({ name }) => name)).toEqual([
    'serve',
    'work',
    'gridMatch',
    'scoreTable',
  ]);
});

test.each(['v128.load', 'v128.xor', 'i64.popcnt', 'i32x4.mul', 'i32.atomic.rmw.sub', 'memory.atomic.wait32'])(
  'has %s',
  (instruction) => expect(text).toContain(`(${instruction}`),
);

test.each(['data', 'global', 'memory.grow', 'start', 'table'])('has no %s', (part) => {
  expect(text).not.toContain(`(${part}`);
});

test('is small, since it is compiled at every start', () => {
  expect(Buffer.from(WASM_BASE64, 'base64').length).toBeLessThan(4096);
});
