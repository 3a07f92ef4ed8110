import type { RandomStream, SocketStream, StreamOwner } from './contract.ts';
import type { Jiffies } from './jiffies.ts';

/** What a socket needs of its host. */
export interface SocketHost {
  readonly name: string;
  readonly jiffies: Jiffies;
  /** Decides where in its cycle each of the host's flows begins to probe for bandwidth. */
  readonly bbrPhases: RandomStream;
  readonly accepting: ((stream: SocketStream) => StreamOwner) | null;
}
