/** What is selected anywhere is selected everywhere. Ids are those of the trace. */
export type Selection =
  | { kind: 'message'; message: number; client: number | null }
  | { kind: 'packet'; seq: number }
  | { kind: 'client'; client: number }
  | { kind: 'server'; server: number }
  /** A process of hop 2 that is no server: a node of the backplane, a source. */
  | { kind: 'place'; place: number }
  | { kind: 'fault'; fault: number }
  | { kind: 'connection'; connection: number }
  /** A machine at work, as `machine.moved` names it. */
  | { kind: 'actor'; actor: number }
  /** A record that is about nothing of the above. */
  | { kind: 'record'; seq: number };
