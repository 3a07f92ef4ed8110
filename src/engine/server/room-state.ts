import { Places } from '../contract/places.ts';
import type { Snapshot } from '../contract/snapshot.ts';

/** A room's state as one server has it: which messages have gone into it. */
export class RoomState {
  /** How many messages the room had at the newest in it. */
  version = 0;
  /** Whether every message since the state was read has been handed to this server, as far as it can tell. */
  followed = false;
  #places = new Places();
  #count = 0;

  /** A message goes in; one that is in already changes nothing. */
  add(place: number): void {
    if (!this.#places.add(place)) return;
    this.#count++;
    this.version = Math.max(this.version, place + 1);
  }

  has(place: number): boolean {
    return this.#places.has(place);
  }

  /** Whether no number up to the version is missing, in a room that was followed. */
  get isWhole(): boolean {
    return this.followed && this.#count === this.version;
  }

  /** How many messages are in it without one missing before them. */
  get wholeUpTo(): number {
    if (this.#count === this.version) return this.version;
    let place = 0;
    while (this.#places.has(place)) place++;
    return place;
  }

  /** @param bytes the state's size */
  snapshot(room: number, bytes: number): Snapshot {
    return { room, version: this.version, bytes, places: this.#places.copy() };
  }

  clear(): void {
    this.version = 0;
    this.followed = false;
    this.#places = new Places();
    this.#count = 0;
  }
}
