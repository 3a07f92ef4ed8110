/** Every message of the run, by number from 1, in the order of acceptance. */
export class Messages {
  readonly room: number[] = [-1];
  readonly bytes: number[] = [0];
  readonly acceptedUs: number[] = [0];
  /** Number of the message within its room, from 0. */
  readonly place: number[] = [-1];
  /** Times of acceptance, by room and place. */
  readonly byRoom: number[][];
  /** Numbers of messages, by room and place. */
  readonly inRoom: number[][];
  /** The client that wrote a message and is not to be sent it, where there is one. */
  readonly #withheldFrom = new Map<number, number>();

  /** @param rooms how many rooms there are */
  constructor(rooms: number) {
    this.byRoom = Array.from({ length: rooms }, () => []);
    this.inRoom = Array.from({ length: rooms }, () => []);
  }

  get count(): number {
    return this.room.length - 1;
  }

  /** Takes a message down. @returns its number */
  accept(room: number, bytes: number, atUs: number): number {
    const times = this.byRoom[room] as number[];
    this.room.push(room);
    this.bytes.push(bytes);
    this.acceptedUs.push(atUs);
    this.place.push(times.length);
    times.push(atUs);
    (this.inRoom[room] as number[]).push(this.count);
    return this.count;
  }

  /** A client that wrote a message shows it at once, and is not sent it. */
  withhold(message: number, client: number): void {
    this.#withheldFrom.set(message, client);
  }

  /** Whether a client that watches its room is to be sent a message. */
  isFor(message: number, client: number): boolean {
    return this.#withheldFrom.size === 0 || this.#withheldFrom.get(message) !== client;
  }
}
