// Makes the files of a competition's data from task files: FOLDER TASKS COUNT.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, tasks, count] = process.argv.slice(2);
/** Tasks of the package that its battery solves. */
const SOLVED = ['self_tile', 'quarter_turn'];

const read = (from, id) => [id, JSON.parse(readFileSync(join(from, `${id}.json`), 'utf8'))];
const ids = readdirSync(tasks).map((name) => name.replace('.json', ''));
const all = [
  ...ids
    .sort()
    .slice(0, Number(count))
    .map((id) => read(tasks, id)),
  ...SOLVED.map((id) => read('examples/tasks', id)),
];
const write = (name, of) =>
  writeFileSync(
    join(folder, `arc-agi_${name}.json`),
    JSON.stringify(Object.fromEntries(all.map(([id, task]) => [id, of(task)]))),
  );

mkdirSync(folder, { recursive: true });
for (const set of ['test', 'evaluation', 'training']) {
  write(`${set}_challenges`, ({ train, test }) => ({ train, test: test.map(({ input }) => ({ input })) }));
  if (set !== 'test') write(`${set}_solutions`, ({ test }) => test.map(({ output }) => output));
}
