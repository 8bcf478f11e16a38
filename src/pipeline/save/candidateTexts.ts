// The files of candidates and differs: their text, and the md5 that names them.
import type { Candidate, DifferItem } from '../../graph/graph.ts';
import type { Battery, Body } from '../../lang/battery.ts';
import { helperCalls, type TextMode } from '../../lang/text/era.ts';
import { ProgramTexts, type StoredText } from '../../lang/text/programTexts.ts';

/** A file to store. */
export interface CandidateText extends StoredText {
  /** The md5 that the original gives the program, where it is another one: that of a text with garbled helpers. */
  readonly peerMd5?: string;
}

interface BatteryTexts {
  readonly texts: ProgramTexts;
  /** The original's, where they may differ. */
  readonly peer: ProgramTexts | undefined;
}

/** The texts of all candidates of a run; what programs of one battery share is worked out once. */
export class CandidateTexts {
  readonly #batteries: readonly Battery[];
  readonly #mode: TextMode;
  readonly #texts = new Map<number, BatteryTexts>();

  constructor(batteries: readonly Battery[], mode: TextMode) {
    this.#batteries = batteries;
    this.#mode = mode;
  }

  /** @param guarded whether the program is to be stored with its guards */
  ofCandidate(candidate: Candidate, guarded: boolean): CandidateText {
    const body = this.#body(candidate);
    // the original calls every program of a batt module the same; a solver keeps its own name
    return this.#stored(candidate, candidate.dialect === 'sic' ? 'solve' : body.name, guarded);
  }

  /** Whether some statement of a candidate's battery has a guard, or stands there without being needed for the result. */
  hasGuardedForm(candidate: Candidate): boolean {
    return candidate.dialect === 'plain' || this.#body(candidate).guards.length > 0;
  }

  ofDiffer(differ: DifferItem): CandidateText {
    return this.#stored(differ, 'differ', false);
  }

  #body({ battery, body }: Candidate | DifferItem): Body {
    return this.#batteries[battery]!.bodies[body]!;
  }

  #stored(item: Candidate | DifferItem, name: string, guarded: boolean): CandidateText {
    const { texts, peer } = this.#of(item.battery);
    const body = this.#body(item);
    const stored = texts.stored(body, item.ref, name, guarded);
    const peerMd5 = peer?.md5(body, item.ref, name) ?? stored.md5;
    return peerMd5 === stored.md5 ? stored : { ...stored, peerMd5 };
  }

  #of(place: number): BatteryTexts {
    let made = this.#texts.get(place);
    if (made === undefined) {
      const battery = this.#batteries[place]!;
      const differs = this.#mode === 'right' && helperCalls(battery) !== null;
      made = {
        texts: new ProgramTexts(battery, this.#mode),
        peer: differs ? new ProgramTexts(battery, 'p4') : undefined,
      };
      this.#texts.set(place, made);
    }
    return made;
  }
}
