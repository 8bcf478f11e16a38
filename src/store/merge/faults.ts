// Why runs cannot be merged, each reason with the tasks that it is about.

export interface Fault {
  readonly kind: 'differs' | 'missing' | 'unfinished' | 'duplicate' | 'conflict';
  /** In words, the tasks at the end. */
  readonly message: string;
  readonly tasks: readonly string[];
  /** Results files that it is about. */
  readonly runs: readonly string[];
}

/** Collects faults; those of one cause become one with all its tasks. */
export class Faults {
  readonly #byCause = new Map<string, Omit<Fault, 'message'> & { readonly tasks: string[] }>();

  /** @param cause the message, but for the tasks */
  add(kind: Fault['kind'], cause: string, runs: readonly string[], task?: string): void {
    let fault = this.#byCause.get(cause);
    if (fault === undefined) {
      fault = { kind, tasks: [], runs };
      this.#byCause.set(cause, fault);
    }
    if (task !== undefined) fault.tasks.push(task);
  }

  list(): Fault[] {
    return Array.from(this.#byCause, ([cause, fault]) => ({
      ...fault,
      message: fault.tasks.length === 0 ? cause : `${cause}: ${fault.tasks.join(', ')}`,
    }));
  }
}
