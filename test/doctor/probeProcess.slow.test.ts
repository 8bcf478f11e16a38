// Backends that hang or crash in the process in which they are tried. The programs here stand in for batt with native code
// that does so, which no backend of a sound machine does.
import { describe, expect, test } from 'vitest';
import { tryInProcess } from '../../src/doctor/probeProcess.ts';
import { useFolder } from './folders.ts';

const folder = useFolder();
const OPENED = { type: 'opened', device: 'a device', openSeconds: 0.5 };
const POINT = { type: 'point', point: { comparisons: 1000, seconds: 0.01 } };
const program = (name: string, ...lines: string[]) => folder.write(`${name}.cjs`, lines.join('\n'));
const send = (...messages: object[]) =>
  messages.map((message) => `process.send(${JSON.stringify(message)});`).join('\n');

describe('tryInProcess', () => {
  test('hands on what is said, and tells the process what to try', async () => {
    const file = program(
      'echo',
      "process.send({ type: 'adapters', names: process.argv.slice(2) });",
      send({ type: 'done' }),
    );
    expect(await tryInProcess(file, 'wasm', true)).toEqual({
      messages: [{ type: 'adapters', names: ['doctor', '--probe', 'wasm', '--measure'] }],
    });
  });

  test('one that is done does not have to end', async () => {
    const file = program('stays', send(OPENED, { type: 'done' }), 'setInterval(() => {}, 1000);');
    expect(await tryInProcess(file, 'cpu', false)).toEqual({ messages: [OPENED] });
  });

  test('what was said before a crash is kept, with its reason', async () => {
    const dies = program(
      'dies',
      `process.send(${JSON.stringify(OPENED)}, () => {`,
      "  console.error('first\\nno memory');",
      "  process.kill(process.pid, 'SIGSEGV');",
      '});',
    );
    expect(await tryInProcess(dies, 'tensorflow', true)).toEqual({
      messages: [OPENED],
      failure: 'its process ended with SIGSEGV: no memory',
    });
    const exits = program('exits', 'process.exit(7);');
    expect(await tryInProcess(exits, 'webgpu', false)).toEqual({
      messages: [],
      failure: 'its process ended with exit code 7',
    });
  });

  test('one that hangs is killed', async () => {
    const file = program('hangs', `process.send(${JSON.stringify(POINT)}, () => { for (;;); });`);
    expect(await tryInProcess(file, 'webgpu', true, 2)).toEqual({ messages: [POINT], failure: 'no answer within 2 s' });
  });

  test('a program that is not there', async () => {
    const { messages, failure } = await tryInProcess(`${folder.path}/absent.cjs`, 'cpu', false);
    expect([messages, failure]).toEqual([[], expect.stringMatching(/^its process ended with exit code 1/)]);
  });
});
