import type { BackplaneIo } from '../../../engine/contract/backplane.ts';
import type { Place } from '../../../engine/contract/place.ts';
import type { Config } from '../config.ts';
import { PartitionLog } from '../partition-log.ts';
import type { Image } from '../protocol.ts';
import type { Witness } from '../witness.ts';
import type { Replica } from './replica.ts';

/** What outlives a broker's process. */
export interface Disk {
  logs: PartitionLog[];
  /** How often the process began. */
  incarnation: number;
}

export const emptyDisk = ({ partitions }: Config): Disk => ({
  logs: Array.from({ length: partitions + 1 }, () => new PartitionLog()),
  incarnation: 0,
});

/** What a broker stands in. */
export interface Cluster {
  io: BackplaneIo;
  config: Config;
  witness: Witness;
  controller: Place;
  /** The metadata before the run. */
  first: Image;
}

/** A broker's process, as its parts see it. */
export interface Process {
  readonly cluster: Cluster;
  readonly place: Place;
  /** Its number among the brokers, from 0. */
  readonly number: number;
  /** By partition; undefined: it has none there. */
  readonly replicas: readonly (Replica | undefined)[];
}
