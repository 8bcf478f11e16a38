// A lane that computes in another thread or process; its end is an error of the call under way, never a wait without end.
import { BackendLostError, type BackendName, type Held } from './backend.ts';
import type { Lane, Ops } from './spread.ts';
import { StepClock, type StepSeconds } from './stepClock.ts';

/** That a call was computed: what is still held after it, and the times of all calls. */
export interface Done {
  readonly type: 'done';
  readonly held: Held;
  readonly steps: StepSeconds;
}

/** What may come in place of any other answer. */
export interface Failed {
  readonly type: 'failed';
  readonly reason: string;
}

/** The asking side; calls are computed one after another. A subclass knows how the other side is reached. */
export abstract class RemoteLane<Answer extends { readonly type: string }> implements Lane {
  readonly #backend: BackendName;
  readonly #prefix: string;
  #answered: ((answer: Answer | Failed) => void) | undefined;
  #lost: string | undefined;
  /** Settles with the last call. */
  #idle: Promise<unknown> = Promise.resolve();
  #held: Held = { tensors: 0, buffers: 0 };
  #steps: StepSeconds = new StepClock().seconds;

  /** @param prefix what reasons begin with */
  constructor(backend: BackendName, prefix = '') {
    this.#backend = backend;
    this.#prefix = prefix;
  }

  get held(): Held {
    return this.#held;
  }

  get steps(): StepSeconds {
    return this.#steps;
  }

  async call(op: keyof Ops, arrays: readonly Int32Array[], numbers: readonly number[] = []): Promise<Int32Array[]> {
    return this.inTurn(async () => {
      const answer = await this.ask(() => this.send(op, arrays, numbers));
      if (!isDone(answer)) throw new BackendLostError(this.#backend, this.reasonOf(answer));
      this.#held = answer.held;
      this.#steps = answer.steps;
      try {
        return this.receive(answer);
      } catch (error) {
        throw new BackendLostError(this.#backend, String(error));
      }
    });
  }

  abstract close(): Promise<void>;

  /** Sends a call to the other side. */
  protected abstract send(op: keyof Ops, arrays: readonly Int32Array[], numbers: readonly number[]): void;

  /** The arrays of a call that was computed. */
  protected abstract receive(answer: Extract<Answer, Done>): Int32Array[];

  /** Whether this process lives on for the other side. */
  protected abstract refer(on: boolean): void;

  /** Does `work` when all that was to be done before is done. */
  protected inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#idle.then(work);
    this.#idle = result.catch(() => {});
    return result;
  }

  /** The answer to what `send` sends; this process waits for it. */
  protected async ask(send: () => void): Promise<Answer | Failed> {
    if (this.#lost !== undefined) return { type: 'failed', reason: this.#lost };
    this.refer(true);
    try {
      return await new Promise<Answer | Failed>((resolve) => {
        this.#answered = resolve;
        send();
      });
    } catch (error) {
      return { type: 'failed', reason: String(error) };
    } finally {
      // one that was told to close is waited for
      if (this.#lost === undefined) this.refer(false);
    }
  }

  /** The other side has answered. */
  protected settle(answer: Answer | Failed): void {
    this.#answered?.(answer);
    this.#answered = undefined;
  }

  /** The other side is gone; the first reason holds for all calls from then on. */
  protected lose(reason: string): void {
    this.#lost ??= reason;
    this.settle({ type: 'failed', reason: this.#lost });
  }

  /** Why an answer is not the one that was expected. */
  protected reasonOf(answer: Answer | Failed): string {
    return `${this.#prefix}${'reason' in answer ? answer.reason : `found answer ${answer.type}`}`;
  }
}

function isDone<Answer extends { readonly type: string }>(answer: Answer | Failed): answer is Extract<Answer, Done> {
  return answer.type === 'done';
}
