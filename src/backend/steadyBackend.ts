// A backend that a run does not lose: when its device is lost, all goes on with `wasm`.
import { type Backend, BackendLostError, type BackendName, type Held } from '../../kernels/backend.ts';
import { isOnHost } from '../../kernels/open.ts';
import type { StepSeconds } from '../../kernels/stepClock.ts';
import { openWasm } from '../../kernels/wasm/openWasm.ts';

/** That a backend was lost in the middle, or was not there any more, and what took its place. */
export interface FellBack {
  readonly from: BackendName;
  readonly to: BackendName;
  readonly reason: string;
}

/** Computes on a backend and, once that is lost, on `wasm`; what was under way is computed again there. */
export class SteadyBackend implements Backend {
  readonly #first: Backend;
  #spare: Backend | undefined;
  #fellBack: FellBack | undefined;

  /** @param fellBack where `first` itself is in the place of one that was to be there and is not */
  constructor(first: Backend, fellBack?: FellBack) {
    this.#first = first;
    this.#fellBack = fellBack;
  }

  get #now(): Backend {
    return this.#spare ?? this.#first;
  }

  get name(): BackendName {
    return this.#now.name;
  }

  get device(): string {
    return this.#now.device;
  }

  get batchRows(): number {
    return this.#now.batchRows;
  }

  /** Set once the first backend was lost, or where it was not there. */
  get fellBack(): FellBack | undefined {
    return this.#fellBack;
  }

  gridMatch: Backend['gridMatch'] = (...args) => this.#steadily((backend) => backend.gridMatch(...args));
  scoreTable: Backend['scoreTable'] = (...args) => this.#steadily((backend) => backend.scoreTable(...args));

  #steadily<T extends object>(compute: (backend: Backend) => T | Promise<T>): T | Promise<T> {
    const backend = this.#now;
    if (isOnHost(backend)) return compute(backend);
    return this.#recover(backend, compute);
  }

  async #recover<T>(backend: Backend, compute: (backend: Backend) => T | Promise<T>): Promise<T> {
    try {
      return await compute(backend);
    } catch (error) {
      if (!(error instanceof BackendLostError)) throw error;
      this.#spare ??= openWasm();
      this.#fellBack ??= { from: backend.name, to: this.#spare.name, reason: error.message };
      return compute(this.#spare);
    }
  }

  records(count: number): Int32Array {
    return this.#now.records(count);
  }

  held(): Held {
    return this.#now.held();
  }

  steps(): StepSeconds | undefined {
    return this.#first.steps();
  }

  async close(): Promise<void> {
    await Promise.all([this.#first.close(), this.#spare?.close()]);
  }
}

/** Set once the backend of a run was lost in the middle, or where the one that `auto` chose is not there any more. */
export function fellBack(backend: Backend): FellBack | undefined {
  return backend instanceof SteadyBackend ? backend.fellBack : undefined;
}
