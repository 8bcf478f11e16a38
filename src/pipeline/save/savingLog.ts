// What saving a task found out, beside its files.
import type { Candidate } from '../../graph/graph.ts';
import type { SaveOutcome } from '../../store/outcome.ts';
import type { StoredCandidate } from './savedTask.ts';
import { Twins } from './twins.ts';

export class SavingLog {
  readonly stored: Map<Candidate, StoredCandidate> = new Map();
  /** Candidates that get no link, by the reason. */
  readonly unlinked: Map<string, Candidate[]> = new Map();
  readonly failures: string[] = [];
  readonly notes: string[] = [];
  /** Whether some file could not be written. */
  unsaved = false;
  /** By md5 of what is stored: the score of its link. */
  readonly links: Map<string, number> = new Map();
  readonly twins: Twins = new Twins();

  /** Says why a candidate gets no link. */
  refuse(candidate: Candidate, reason: string): void {
    const others = this.unlinked.get(reason);
    if (others === undefined) this.unlinked.set(reason, [candidate]);
    else others.push(candidate);
  }

  /** Takes what became of files. */
  take(outcomes: readonly SaveOutcome[], problems: readonly Error[]): void {
    const said = new Set<string>();
    for (const outcome of outcomes) if (outcome.status === 'failed') said.add(outcome.error.message);
    this.failures.push(...said);
    if (said.size > 0) this.unsaved = true;
    this.notes.push(...problems.map(({ message }) => message));
  }
}
