/** What of a group has options: its transport, how it reconnects, how it repairs. */
export type GroupPlace = 'transport' | 'reconnect' | 'repair';

/** One option of a group, of the backplane or of the load balancer, with its control. */
export interface OptionModel {
  place: GroupPlace | 'backplane' | 'balancer';
  key: string;
  /** It is other than a scenario has it that does not say. */
  set: boolean;
  about: string;
  value: number | string | boolean | null;
  control:
    | { type: 'number'; unit: string; min: number; max: number; integer: boolean; orNull: string | null }
    | { type: 'choice'; values: readonly string[] }
    | { type: 'flag' };
}
