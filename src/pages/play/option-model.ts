/** What of a group has options: its transport, how it reconnects, how it repairs. */
export type GroupPlace = 'transport' | 'reconnect' | 'repair';

/** What of hop 2, and of what stands before the servers, has options. */
export type HopPlace = 'backplane' | 'topics' | 'servers' | 'balancer' | 'proxy';

/** One option of a group or of hop 2, with its control. */
export interface OptionModel {
  place: GroupPlace | HopPlace;
  /** Its name in the file, below what it belongs to: `lingerMs`, `snapshot.bytes`. */
  key: string;
  /** It is other than a scenario has it that does not say. */
  set: boolean;
  about: string;
  /** What it needs to have any effect, and has not: `acks=all`; '' where it has it. */
  missing: string;
  value: number | string | boolean | null;
  control:
    | { type: 'number'; unit: string; min: number; max: number; integer: boolean; orNull: string | null }
    | { type: 'choice'; values: readonly string[] }
    | { type: 'flag' };
}
