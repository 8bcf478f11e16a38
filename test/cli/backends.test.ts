// `batt run` on every backend: the whole output is the same.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BackendAbsentError } from '../../kernels/backend.ts';
import { BACKENDS } from '../../kernels/open.ts';
import { sharedSet } from '../arc/sharedData.ts';
import { openForTest } from '../kernels/open.ts';
import { batteryFile, type JsonLine, useBatt } from './command.ts';

const batt = useBatt();

/** What finds drivers and packages outside the project; a test double of a GPU among them, once that is in this process. */
function surroundings(): Readonly<Record<string, string>> {
  const found = Object.entries(process.env).filter(([name]) => /^(VK_|XDG_|TF_|CUDA_|LD_)/.test(name));
  return { XDG_CACHE_HOME: join(homedir(), '.cache'), ...(Object.fromEntries(found) as Record<string, string>) };
}

/** The lines without what tells backends and times apart. */
function plain(lines: readonly JsonLine[]): string[] {
  return lines.map(({ backend: _, device: __, timing: ___, seconds: ____, ...line }) =>
    JSON.stringify(line).replaceAll(/"t_log":\d+/g, '"t_log":0'),
  );
}

/** Why a backend is absent, undefined where it is there. */
async function absence(name: (typeof BACKENDS)[number]): Promise<string | undefined> {
  try {
    await (await openForTest(name)).close();
    return undefined;
  } catch (error) {
    if (!(error instanceof BackendAbsentError)) throw error;
    return error.message;
  }
}

describe.each(BACKENDS.filter((name) => name !== 'cpu'))('batt run --backend %s', (name) => {
  test('gives what cpu gives, with 1 job and with 3, and each sample run or spared', async () => {
    const absent = await absence(name);
    if (absent !== undefined) {
      console.warn(`left out: batt run on ${name}: ${absent}`);
      const { code, stderr } = batt.run(['run', '--backend', name], surroundings());
      expect([code, stderr]).toEqual([2, expect.stringContaining(`batt: backend ${name} is absent: `)]);
      return;
    }
    const sets = [['--data', 'bundled']];
    const shared = sharedSet('agi1/training', `batt run --backend ${name} on real tasks`);
    if (shared !== undefined) sets.push(['--data', shared, '-c', '12']);
    for (const data of sets) {
      for (const more of [['--jobs', '1'], ['--jobs', '3'], ['--first-mismatch']]) {
        const args = ['run', '-b', batteryFile, ...data, ...more];
        const wanted = batt.json([...args, '--backend', 'cpu']);
        const found = batt.json([...args, '--backend', name, '--require-backend'], surroundings());
        expect(plain(found)).toEqual(plain(wanted));
        expect(found.at(-1)).toMatchObject({ backend: name, device: expect.any(String) });
        expect(wanted.at(-1)).toMatchObject({ backend: 'cpu' });
      }
    }
  }, 240_000);
});

test('what is saved is the same, too', () => {
  const save = (backend: string) => {
    const out = join(batt.folder, backend);
    const lines = batt.json(['run', '-b', batteryFile, '--data', 'bundled', '--backend', backend, '--out', out]);
    return plain(lines);
  };
  expect(save('wasm')).toEqual(save('cpu'));
});
