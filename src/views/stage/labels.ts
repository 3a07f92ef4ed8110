import { lossWord } from '../reading/words.ts';
import type { PlacedPacket } from './in-flight.ts';
import { halfWidth } from './paint.ts';
import type { Box } from './stage-layout.ts';

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
    for (const text of textsFor(packet, chosen(packet))) {
      const box = freeBox(packet, width(text) + 6, stageWidth, boxes);
      if (box === undefined) continue;
      boxes.push(box);
      const { x, y } = { x: box.x + box.width / 2, y: box.y + HEIGHT / 2 };
      labels.push({ text, x, y, loss: packet.lost !== '', fade: packet.fade });
      break;
    }
  }
  return labels;
}

/** What may stand beside a packet, the fullest first. */
function textsFor(packet: PlacedPacket, chosen: boolean): string[] {
  const { label } = packet.face;
  if (packet.lost === '') return [label];
  const fate = lossWord(packet.lost);
  return chosen ? [`${label}, ${fate}`, fate] : [fate];
}

/** Room for a word above or below a packet, in the middle or to one side. */
function freeBox(
  packet: PlacedPacket,
  width: number,
  stageWidth: number,
  taken: readonly Box[],
): Box | undefined {
  const { place, lost, face } = packet;
  const away = lost === '' && face.kind === 'control' ? 13 : 21;
  for (const side of [0, -0.42, 0.42]) {
    const x = Math.min(stageWidth - width - 2, Math.max(2, place.x - width / 2 + side * width));
    for (const y of [place.y - away, place.y + away]) {
      const box = { x, y: y - HEIGHT / 2, width, height: HEIGHT };
      if (!taken.some((other) => overlap(box, other))) return box;
    }
  }
  return undefined;
}

function discBox(packet: PlacedPacket): Box {
  const half = packet.lost !== '' ? 7 : packet.face.kind === 'control' ? 3 : halfWidth(packet);
  const tall = packet.lost !== '' ? 7 : packet.face.kind === 'control' ? 3 : Math.min(half, 9);
  return { x: packet.place.x - half, y: packet.place.y - tall, width: half * 2, height: tall * 2 };
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
