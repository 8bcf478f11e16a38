// Names of sets, with which an id can be asked for: `train/007bbfb7`.
import { resolve } from 'node:path';

/** Other names of the folders and files in which ARC's sets come. */
const ALSO: Readonly<Record<string, string>> = { training: 'train', evaluation: 'eval' };

/** The set that an id was asked for with. */
export function setOf(name: string): string | undefined {
  const at = name.lastIndexOf('/');
  return at < 0 ? undefined : name.slice(0, at);
}

/** The id without its set. */
export function plainId(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/**
 * Whether a place can be called `set`: by the end of its path, without `.json`, Kaggle's `arc-agi_…_challenges` and with `/` for
 * `#`; `training` is `train` too, and `evaluation` `eval`.
 */
export function isNamed(place: string, set: string): boolean {
  const steps = resolve(place)
    .replace(/\.json(#|$)/, (_, mark) => (mark === '' ? '' : '/'))
    .replace(/arc-agi_([^/]*)_challenges$/, '$1')
    .split(/[/\\]/);
  const wanted = set.split('/');
  const last = steps.pop()!;
  const ends = [last, ALSO[last] ?? last].map((end) => [...steps, end].slice(-wanted.length).join('/'));
  return ends.includes(wanted.join('/'));
}
