import type { Place } from '../../../engine/contract/place.ts';
import { Client } from './commands.ts';
import type { Home } from './home.ts';
import type { Command } from './protocol.ts';

/** A process' connection for everything that is answered at once: XADD, and what a reader has to ask besides. */
export class Publisher {
  readonly client: Client;
  readonly #home: Home;
  readonly #place: Place;

  constructor(home: Home, place: Place) {
    this.#home = home;
    this.#place = place;
    this.client = new Client(home, place, false, (command) => this.#lost(command));
  }

  publish(message: number): void {
    const room = this.#home.io.roomOf(message);
    this.client.ask({ command: 'xadd', message, room }, (reply) => {
      if (reply === null) this.#drop(message, 'Redis was away for too long');
    });
  }

  /** The process died: what it had not sent dies with it. */
  die(): void {
    for (const command of this.client.unsent)
      if (command.command === 'xadd') this.#drop(command.message, 'publisher crashed');
  }

  #lost(command: Command): void {
    // What is sent again after the reconnection is not lost yet.
    if (command.command !== 'xadd' || (this.#home.config.resend && this.#place.up)) return;
    this.#drop(command.message, 'connection to Redis lost');
  }

  #drop(message: number, reason: string): void {
    if (this.#home.books.entryOf(message) === undefined)
      this.#home.io.drop(message, this.#place, null, reason);
  }
}
