import type { RandomStream, SocketStream, StreamOwner } from './contract.ts';
import type { Holes } from './holes.ts';
import type { Jiffies } from './jiffies.ts';

/** What a socket needs of its host. */
export interface SocketHost {
  readonly name: string;
  readonly jiffies: Jiffies;
  /** What its sockets hold behind holes. */
  readonly holes: Holes;
  readonly accepting: ((stream: SocketStream) => StreamOwner) | null;
  /** What the host's flows draw by lot, each kind of draw from a stream of its own. */
  random(name: string): RandomStream;
}
