import type { PlacedPacket } from './in-flight.ts';
import type { Box } from './layout.ts';
import { halfWidth } from './paint.ts';

/** A word beside a packet. */
export interface PacketLabel {
  text: string;
  /** Middle of the text. */
  x: number;
  y: number;
  loss: boolean;
  fade: number;
}

const HEIGHT = 15;
const RANK = { message: 1, request: 2, response: 3, control: 4 } as const;

/**
 * Places words where they cover neither a card nor each other: losses first, then messages, requests, responses and
 * control traffic. What finds no place above or below its packet stays without.
 * @param all label every packet, not only the lost and the chosen ones @param width how wide a text will be
 */
export function placeLabels(
  packets: readonly PlacedPacket[],
  taken: readonly Box[],
  all: boolean,
  chosen: (packet: PlacedPacket) => boolean,
  width: (text: string) => number,
  stageWidth: number,
): PacketLabel[] {
  const rank = (packet: PlacedPacket) =>
    chosen(packet) ? -1 : packet.lost !== '' ? 0 : RANK[packet.face.kind];
  const wanted = packets.filter((packet) => all || packet.lost !== '' || chosen(packet));
  // Discs are in the way of words as well.
  const boxes: Box[] = [...taken, ...packets.map(discBox)];
  const labels: PacketLabel[] = [];
  for (const packet of [...wanted].sort((a, b) => rank(a) - rank(b) || b.seq - a.seq)) {
    const { label } = packet.face;
    const fate = packet.lost === '' ? '' : lossWord(packet.lost);
    const text = fate === '' ? label : chosen(packet) ? `${label}, ${fate}` : fate;
    const half = width(text) / 2 + 3;
    const x = Math.min(stageWidth - half - 2, Math.max(half + 2, packet.place.x));
    const away = packet.lost === '' && packet.face.kind === 'control' ? 13 : 21;
    const y = [packet.place.y - away, packet.place.y + away].find((middle) => {
      const box = { x: x - half, y: middle - HEIGHT / 2, width: half * 2, height: HEIGHT };
      return !boxes.some((other) => overlap(box, other));
    });
    if (y === undefined) continue;
    boxes.push({ x: x - half, y: y - HEIGHT / 2, width: half * 2, height: HEIGHT });
    labels.push({ text, x, y, loss: packet.lost !== '', fade: packet.fade });
  }
  return labels;
}

/** "lost", and why, where it was not mere chance. */
export const lossWord = (reason: string): string =>
  reason === '' || reason === 'loss' || reason === 'lost' ? 'lost' : `lost: ${reason}`;

function discBox(packet: PlacedPacket): Box {
  const half = packet.lost !== '' ? 7 : packet.face.kind === 'control' ? 3 : halfWidth(packet);
  const tall = packet.lost !== '' ? 7 : packet.face.kind === 'control' ? 3 : Math.min(half, 9);
  return { x: packet.place.x - half, y: packet.place.y - tall, width: half * 2, height: tall * 2 };
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
