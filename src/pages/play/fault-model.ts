/** Kinds of faults, as a scenario names them. */
export type FaultKind =
  | 'link-change'
  | 'link-down'
  | 'server-crash'
  | 'server-pause'
  | 'server-join'
  | 'server-drain'
  | 'load-balancer-crash'
  | 'load-balancer-pause'
  | 'client-disconnect'
  | 'client-sleep'
  | 'network-switch'
  | 'dns-down'
  | 'broker-crash'
  | 'broker-pause'
  | 'partition'
  | 'clock-skew'
  | 'publish'
  | 'packet-drop'
  | 'packet-delay'
  | 'packet-duplicate';

/** What a person can make go wrong: at the playhead, unless it says another moment. */
export interface FaultOffer {
  kind: FaultKind | 'loss-burst';
  label: string;
  target: string | null;
  atUs?: number;
  /** Left out: as long as is usual for its kind. null: until the end, or until somebody mends it. */
  forMs?: number | null;
  /** Of a partition: `forth` is from the first of `between` to the second. */
  direction?: 'both' | 'up' | 'down' | 'forth' | 'back';
  /** The two ends of a partition; of a packet in the datacenter whence and whither it goes. */
  between?: readonly string[];
  packet?: 'syn' | 'synack' | 'data' | 'any';
  nth?: number;
  byMs?: number;
  /** Of a drain: over how long its clients are told. Left out: as long as a scenario has it that does not say. */
  spreadMs?: number;
  text?: string;
  set?: { rttMs?: number; lossPct?: number };
  /** Bits of the packet that is meant, for the words about it only. */
  what?: number;
}

/** What can be changed of a fault that is there. */
export type FaultChange = Partial<
  Pick<FaultOffer, 'direction' | 'between' | 'nth' | 'byMs' | 'spreadMs' | 'text' | 'set' | 'target'>
> & {
  atMs?: number;
  forMs?: number | null;
};

export interface FaultItem extends Omit<FaultOffer, 'label' | 'atUs' | 'forMs'> {
  kind: FaultKind;
  /** Its place in the scenario. */
  index: number;
  title: string;
  atMs: number;
  /** null: until the end, or in an instant. */
  forMs: number | null;
  hasLength: boolean;
}
