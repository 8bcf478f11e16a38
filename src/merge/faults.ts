// Why runs cannot be merged, each reason with the tasks that it is about.

export interface Fault {
  readonly kind: 'differs' | 'missing' | 'unfinished' | 'duplicate' | 'conflict';
  /** In words, the first of the tasks at the end. */
  readonly message: string;
  readonly tasks: readonly string[];
  /** Results files that it is about. */
  readonly runs: readonly string[];
}

/** Tasks that a message names. */
const NAMED = 10;

/** Collects faults; those of one cause become one with all its tasks. */
export class Faults {
  readonly #byCause = new Map<string, Omit<Fault, 'message'> & { readonly tasks: string[] }>();
  /** Causes that need no list of tasks to be understood. */
  readonly #unlisted = new Set<string>();

  /** @param cause the message, but for the tasks */
  add(kind: Fault['kind'], cause: string, runs: readonly string[], task?: string): void {
    let fault = this.#byCause.get(cause);
    if (fault === undefined) {
      fault = { kind, tasks: [], runs };
      this.#byCause.set(cause, fault);
    }
    if (task !== undefined) fault.tasks.push(task);
  }

  /** Adds a task of a shard that no run did. */
  addShard(shard: string, task: string): void {
    const cause = `shard ${shard} is missing: no run has results of its tasks`;
    this.#unlisted.add(cause);
    this.add('missing', cause, [], task);
  }

  list(): Fault[] {
    return Array.from(this.#byCause, ([cause, fault]) => {
      const listed = this.#unlisted.has(cause) ? [] : fault.tasks;
      return { ...fault, message: listed.length === 0 ? cause : `${cause}: ${named(listed)}` };
    });
  }
}

function named(tasks: readonly string[]): string {
  const more = tasks.length > NAMED ? ` and ${tasks.length - NAMED} more` : '';
  return `${tasks.slice(0, NAMED).join(', ')}${more}`;
}
