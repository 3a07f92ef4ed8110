import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import type { Config } from '../config.ts';
import type { Answer, Entry, Request } from '../protocol.ts';
import type { Witness } from '../witness.ts';

/** A partition that a consumer reads. */
export interface Reading {
  partition: number;
  /** Offset of the record that the application gets next; -1: not known yet. */
  position: number;
  committed: number;
  /** Epoch of the last record that the application got; -1: it got none. */
  epoch: number;
  /** Of the leader that its position fits to; -1: none is known. */
  leaderEpoch: number;
  /** It has asked a new leader whether its position still is one: until then it reads nothing. */
  validating: boolean;
  /** Fetched, and not asked for by the application yet. */
  buffer: Entry[];
}

/** What a server's consumer has around it. */
export interface ConsumerHome {
  io: BackplaneIo;
  config: Config;
  witness: Witness;
  /** A message was processed at this server. */
  hand(server: Place, message: number): void;
}

/** A consumer, as what keeps its offsets sees it. */
export interface Reader {
  readonly group: string;
  readonly readings: ReadonlyMap<number, Reading>;
  /** null: it is in no group with others. */
  readonly member: { readonly id: number; readonly generation: number; lost(): void } | null;
  /** Asks the group's coordinator; null: it was not to be reached, or is another by now. */
  ask(request: Request, timeoutUs: number, done: (answer: Answer | null) => void): void;
  /** Asks whoever leads a partition. */
  askLeader(partition: number, request: Request, done: (answer: Answer | null) => void): void;
}
