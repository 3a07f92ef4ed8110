import type { Place } from '../../../engine/contract/place.ts';
import type { Config } from '../config.ts';
import type { MessageId, Push } from '../protocol.ts';
import { type Brokers, Handler, type HandlerUser } from './brokers.ts';

/**
 * Reads a partition again from behind a message, up to the last that there is, and closes (Reader interface:
 * `startMessageId`, `hasMessageAvailable`, `readNext`). What no ledger has any more is left out.
 */
export class Reader implements HandlerUser {
  readonly partition: number;
  readonly attach;
  readonly #config: Config;
  readonly #number: number;
  readonly #start: number;
  readonly #over: (messages: readonly number[]) => void;
  readonly #handler: Handler;
  #messages = new Set<number>();
  /** Offset behind the last message that came, and behind the last that there is; null: not known. */
  #at = 0;
  #end: number | null = null;
  #taken = 0;

  /** @param number its own, other than that of any subscription @param over called once, oldest message first */
  constructor(
    place: Place,
    config: Config,
    brokers: Brokers,
    partition: number,
    number: number,
    from: MessageId | null,
    over: (messages: readonly number[]) => void,
  ) {
    this.#config = config;
    this.partition = partition;
    this.#number = number;
    this.#start = from === null ? 0 : from.offset + 1;
    this.#over = over;
    this.attach = { ask: 'reader', partition, subscription: number, from } as const;
    this.#handler = new Handler(place, brokers, this);
    this.#handler.start();
  }

  /** Connected, for the first time or to the next owner of the partition: it begins anew. */
  ready(): void {
    this.#messages = new Set();
    this.#at = this.#start;
    this.#end = null;
    this.#taken = 0;
    this.#handler.ask({ ask: 'last-id', partition: this.partition }, (answer) => {
      this.#end = answer?.end ?? null;
      this.#check();
    });
    this.#flow(this.#config.receiverQueue);
  }

  pushed(push: Push): void {
    if (push.push !== 'messages' || push.subscription !== this.#number) return;
    for (const { offset, batch } of push.entries) {
      batch.messages.forEach((message, i) => {
        // The entry of the message that it begins behind has others before it.
        if (offset + i >= this.#start) this.#messages.add(message);
      });
      this.#at = offset + batch.messages.length;
      this.#taken += batch.messages.length;
    }
    if (this.#taken >= this.#config.receiverQueue / 2) this.#flow(this.#taken);
    this.#check();
  }

  #flow(permits: number): void {
    this.#taken = 0;
    this.#handler.ask({ ask: 'flow', partition: this.partition, subscription: this.#number, permits });
  }

  #check(): void {
    if (this.#end === null || this.#at < this.#end) return;
    this.#end = null;
    this.#handler.ask({ ask: 'close-reader', partition: this.partition, subscription: this.#number });
    this.#handler.end();
    this.#over([...this.#messages]);
  }
}
