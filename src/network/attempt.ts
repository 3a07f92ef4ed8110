import type { ConnectionOwner } from '../engine/contract/http.ts';
import type { Stream } from '../engine/contract/stream.ts';

/** A connection from the wish for it to its end. */
export class Attempt {
  readonly owner: ConnectionOwner;
  stream: Stream | null = null;
  dialled = false;
  opened = false;
  /** The other end sends no more. */
  ended = false;
  /** Counted as lost already. */
  lost = false;

  constructor(owner: ConnectionOwner) {
    this.owner = owner;
  }
}
