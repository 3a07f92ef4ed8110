import type { Sim } from '../contract/sim.ts';

/**
 * Which rooms the clients of a server watch. A room counts from the first request for it until nobody has had it open or
 * asked about it for a while: whoever polls is gone between two polls.
 */
export class Watched {
  readonly #sim: Sim;
  readonly #leaveAfterUs: number;
  readonly #tell: (room: number, watched: boolean) => void;
  readonly #rooms: { open: number; leftUs: number; watched: boolean; due: boolean }[];
  #epoch = 0;

  /** @param tell told of each room that is watched from now on, or no more */
  constructor(sim: Sim, rooms: number, leaveAfterUs: number, tell: (room: number, watched: boolean) => void) {
    this.#sim = sim;
    this.#leaveAfterUs = leaveAfterUs;
    this.#tell = tell;
    this.#rooms = Array.from({ length: rooms }, () => ({ open: 0, leftUs: 0, watched: false, due: false }));
  }

  /** A request, a stream or a socket for the room begins. */
  enter(number: number): void {
    const room = this.#room(number);
    room.open++;
    if (room.watched) return;
    room.watched = true;
    this.#tell(number, true);
  }

  /** It is over. */
  leave(number: number): void {
    const room = this.#room(number);
    room.open--;
    room.leftUs = this.#sim.kernel.nowUs;
    if (room.open === 0 && !room.due) this.#wait(number, this.#leaveAfterUs);
  }

  /** The process died: nobody is told. */
  clear(): void {
    this.#epoch++;
    for (const room of this.#rooms) Object.assign(room, { open: 0, watched: false, due: false });
  }

  #wait(number: number, delayUs: number): void {
    const room = this.#room(number);
    const epoch = this.#epoch;
    room.due = true;
    this.#sim.later(delayUs, () => {
      if (epoch !== this.#epoch) return;
      room.due = false;
      if (room.open > 0) return;
      const leftUs = room.leftUs + this.#leaveAfterUs - this.#sim.kernel.nowUs;
      if (leftUs > 0) this.#wait(number, leftUs);
      else {
        room.watched = false;
        this.#tell(number, false);
      }
    });
  }

  #room(number: number) {
    return this.#rooms[number] as { open: number; leftUs: number; watched: boolean; due: boolean };
  }
}
