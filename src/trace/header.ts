/** Who is who: what a view needs to know besides the records. Plain data. */
export interface TraceHeader {
  scenarioName: string;
  seed: number;
  durationUs: number;
  endUs: number;
  rooms: string[];
  /** `place` of one beside the servers, or -1; `clients` that write for it, in turn. */
  publishers: { name: string; room: number; place: number; clients: number[] }[];
  servers: { name: string }[];
  /**
   * What clients connect to instead of a server. At layer 4 it passes packets on, at layer 7 requests. `collects`: it
   * holds a stream back until there are enough bytes of it. `removes` is a field of requests that it does not pass on.
   */
  loadBalancer: { name: string; layer: 4 | 7; collects: boolean; removes?: 'Upgrade' } | null;
  /**
   * What stands on the clients' way without their knowing. `reads`: their connections end at it; else it passes packets
   * on, and is as if it were not there. `upgrade`: what becomes of that field of requests, if it does not go along.
   */
  proxy: { name: string; reads: boolean; collects: boolean; upgrade?: 'removed' | 'refused' } | null;
  clients: {
    name: string;
    group: string;
    groupTitle: string;
    transport: string;
    link: number;
    rooms: number[];
  }[];
  /**
   * `from` and `to` are the places at the ends of a backplane's link, -1 elsewhere. `edge` is between a proxy and a load
   * balancer. `client` is who stands at the clients' end: -1 a load balancer, or {@link PROXY}.
   */
  links: {
    name: string;
    kind: 'access' | 'datacenter' | 'backplane' | 'edge';
    client: number;
    from: number;
    to: number;
  }[];
  /** Processes in the datacenter: servers first, then the backplane's nodes, then sources. */
  places: { name: string; title: string; kind: 'server' | 'node' | 'source'; index: number }[];
  /** Every machine at work: `client` or `server` is its host (-1: none). */
  actors: { name: string; role: string; client: number; server: number; connection: number }[];
  faults: {
    kind: string;
    target: string;
    atUs: number;
    endUs: number;
    label: string;
    detail: string;
    /** Of a link that is down: which way nothing gets through; up is from clients to servers, and from a link's `from`. */
    way?: 'both' | 'up' | 'down';
    /**
     * Places that a partition parts, those of either side (none: the load balancer); `way`: which way nothing gets
     * through.
     */
    parted?: { from: number[]; to: number[]; way: 'both' | 'forth' | 'back' };
    /** Places that a single packet goes between, from the first to the second; none: the load balancer. */
    crossed?: { from: number[]; to: number[] };
  }[];
  /** What the plug-ins call things: key → label, role and a sentence. Keys appear in `unit.sent`'s `what` and others. */
  vocabulary: Record<
    string,
    { label: string; role: 'request' | 'response' | 'control' | 'data'; explanation: string }
  >;
  transports: Record<string, ModelNotes & { title: string }>;
  backplane: ModelNotes & {
    kind: string;
    title: string;
    /** Topics, streams, tables; and who reads them. Records name them by number. */
    logs: { name: string; partitions: number }[];
    consumers: { name: string }[];
    /** What a node may hold for somebody before it lets go; left out: nothing says so. */
    bufferLimitBytes?: number;
  };
  /** The shape of every role's machine, by role (`sse client`). */
  machines: Record<string, MachineChart>;
}

/** How far a model can be trusted: what it follows, and what it leaves out. */
export interface ModelNotes {
  about: string;
  sources: readonly string[];
  leavesOut: readonly string[];
}

/** A machine as a statechart. States are named by their path (`open.idle`), as in `machine.moved`. */
export interface MachineChart {
  initial: string;
  states: { path: string; parent: string; kind: 'atomic' | 'compound' | 'final'; entry: string[] }[];
  /** `to` is empty where the state stays. Either an event or a delay (`after`) triggers it. */
  transitions: { from: string; to: string; event: string; after: string; guard: string; actions: string[] }[];
}
