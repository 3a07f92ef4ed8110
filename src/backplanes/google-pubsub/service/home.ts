import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import type { Books } from '../books.ts';
import type { Config } from '../config.ts';
import type { Entry, Lease } from '../wire.ts';

/** What a subscription needs of the service. */
export interface SubscriptionHome {
  readonly io: BackplaneIo;
  readonly config: Config;
  readonly books: Books;
  readonly place: Place;
  newAckId(): number;
  /** Whether the topic still has a message, or is about to. */
  isLive(offset: number): boolean;
  readonly end: number;
  /** The subscription is done with messages. */
  settled(subscription: number, offsets: readonly number[]): void;
  /** Writes leases down, then goes on. */
  keepLeases(subscription: number, leases: readonly Lease[], then: () => void): void;
  deadLettered(subscription: number, entry: Entry): void;
}
