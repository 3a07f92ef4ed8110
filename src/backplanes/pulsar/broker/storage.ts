import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import type { Books } from '../books.ts';
import { type Done, Link, type LinkUser, TO_BOOKIE } from '../link.ts';
import type { Request } from '../protocol.ts';

/** A bookie that could not be reached is not chosen for so long (quarantine; shorter than BookKeeper’s 30 min): an estimate. */
const DOWN_US = 2_000_000;

/** The bookies, as a broker sees them. */
export class Storage {
  readonly #io: BackplaneIo;
  readonly #links: Link[];
  readonly #downUntilUs: number[];

  constructor(io: BackplaneIo, place: Place, bookies: readonly Place[], books: Books) {
    this.#io = io;
    const user: LinkUser = {
      sent: (request) => {
        if (request.ask === 'add') books.add(request.entry.batch.messages);
      },
      lost: (request) => {
        if (request.ask === 'add')
          books.remove(
            request.entry.batch.messages,
            place,
            'the broker crashed before enough bookies had it',
          );
      },
    };
    this.#links = bookies.map((bookie) => new Link(place, bookie, TO_BOOKIE, user));
    this.#downUntilUs = bookies.map(() => 0);
  }

  get size(): number {
    return this.#links.length;
  }

  ask(bookie: number, request: Request, done: Done): void {
    this.#links[bookie]?.ask(request, (answer) => {
      if (answer === null) this.#downUntilUs[bookie] = this.#io.sim.kernel.nowUs + DOWN_US;
      done(answer);
    });
  }

  isUp(bookie: number): boolean {
    return (this.#downUntilUs[bookie] as number) <= this.#io.sim.kernel.nowUs;
  }

  /** A bookie that is not among these; null: there is none. */
  spare(ensemble: readonly number[]): number | null {
    for (let bookie = 0; bookie < this.size; bookie++)
      if (this.isUp(bookie) && !ensemble.includes(bookie)) return bookie;
    return null;
  }

  /** So many bookies, beginning at one that changes; such as cannot be reached only if there are not enough others. */
  choose(count: number, turn: number): number[] {
    const all = this.#links.map((_, i) => (turn + i) % this.size);
    const up = all.filter((bookie) => this.isUp(bookie));
    return [...up, ...all.filter((bookie) => !up.includes(bookie))].slice(0, count);
  }
}
