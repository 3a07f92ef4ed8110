/** What this folder uses of the engine's contract, in one place. */
export type { Packet, Path, Receiver } from '../../engine/contract/packet.ts';
export type { Plan } from '../../engine/contract/plan.ts';
export {
  type EventId,
  type Kernel,
  KIND,
  PACKET,
  type RandomStream,
  type Sim,
  type Trace,
} from '../../engine/contract/sim.ts';
export type { CloseReason, SocketStream, Stream, StreamOwner } from '../../engine/contract/stream.ts';
