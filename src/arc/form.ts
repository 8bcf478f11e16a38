// The forms that the JSON of a file of tasks has.
import { isObject } from './jsonFile.ts';

/** Keys under which a task may have one list of samples in place of `train`. */
export const SAMPLE_KEYS = ['examples', 'samples', 'pairs'] as const;

/** Whether a value is a task: an object with its samples, or a list of samples. */
export function isTask(value: unknown): boolean {
  if (Array.isArray(value)) return isObject(value[0]);
  if (!isObject(value)) return false;
  // Not in a task: a combined file whose first task happens to be called "train".
  const isPart = ['train', 'test'].some((key) => Object.hasOwn(value, key) && !isObject(value[key]));
  return isPart || SAMPLE_KEYS.some((key) => Object.hasOwn(value, key) && Array.isArray(value[key]));
}

/** Whether a value holds sets of tasks by their names, each with its tasks by their ids. */
export function isSets(value: unknown): boolean {
  if (!isObject(value)) return false;
  const sets = Object.values(value);
  return sets.length > 0 && sets.every((set) => isObject(set) && !isTask(set) && Object.values(set).some(isTask));
}

/** Whether an object holds lists that are no tasks, as a solutions file does. */
export function isSolutions(value: Readonly<Record<string, unknown>>): boolean {
  return Object.values(value).some((list) => Array.isArray(list) && !isTask(list));
}
