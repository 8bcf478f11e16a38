// A process of runLock.test.ts: takes the locks of the folders 0, 1, … in turn, each when all others are there, too.
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ResumeError, RunLock } from '../../../src/pipeline/keep/runLock.ts';

const [root, me, takers, rounds] = process.argv.slice(2) as [string, string, string, string];
const won: number[] = [];
for (let round = 0; round < Number(rounds); round++) {
  const folder = join(root, String(round));
  writeFileSync(join(folder, `here${me}`), '');
  for (let other = 0; other < Number(takers); other++) while (!existsSync(join(folder, `here${other}`)));
  try {
    await RunLock.take(folder);
    won.push(round);
  } catch (error) {
    if (!(error instanceof ResumeError)) throw error;
  }
}
process.stdout.write(`${JSON.stringify(won)}\n`);
// it holds its locks until nobody takes any more
process.stdin.resume();
