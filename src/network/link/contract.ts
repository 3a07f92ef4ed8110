/** What this folder uses of the engine's contract, in one place. */
export type { LinkOptions } from '../../engine/contract/link-options.ts';
export type { PacketFault } from '../../engine/contract/network.ts';
export type { Packet, Path, Receiver } from '../../engine/contract/packet.ts';
export { KIND, PACKET, type RandomStream, type Sim } from '../../engine/contract/sim.ts';
