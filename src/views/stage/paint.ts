import type { Colors } from '../theme/colors.ts';
import type { Place, Point } from './curve.ts';
import type { PlacedPacket } from './in-flight.ts';

/** How the packets of a moment are drawn. */
export interface PaintStyle {
  colors: Colors;
  /** Direction heads, as nothing else tells the direction while time stands still. */
  heads: boolean;
}

/** Half the height of a message's disc. */
export const MESSAGE_RADIUS = 9;
const TAU = Math.PI * 2;
const DOT_RADIUS = 4.5;
const SQUARE = 6;

type Context = CanvasRenderingContext2D;

/** Draws packets, the least telling first, so that messages and losses lie on top. */
export function paintPackets(context: Context, packets: readonly PlacedPacket[], style: PaintStyle): void {
  const layers = [
    packets.filter((p) => p.lost === '' && p.face.kind === 'control'),
    packets.filter((p) => p.lost === '' && (p.face.kind === 'request' || p.face.kind === 'response')),
    packets.filter((p) => p.lost === '' && p.face.kind === 'message'),
    packets.filter((p) => p.lost !== ''),
  ];
  for (const layer of layers) for (const packet of layer) paintPacket(context, packet, style);
  context.globalAlpha = 1;
}

function paintPacket(context: Context, packet: PlacedPacket, style: PaintStyle): void {
  const { face, place, transport } = packet;
  const color = style.colors.transport(transport);
  context.globalAlpha = packet.fade;
  if (packet.lost !== '') {
    paintCross(context, place, 7, style.colors);
    return;
  }
  if (style.heads) paintHead(context, packet, face.kind === 'control' ? style.colors.control : color);
  if (face.kind === 'message') paintMessage(context, packet, color, style);
  else if (face.kind === 'control') paintSquare(context, place, face.again, style.colors);
  else paintDot(context, place, face.kind === 'request', face.again, color, style.colors);
  if (face.duplicate) paintSecondRing(context, packet, color);
}

/** A disc, or a pill where it carries more than one character, with the text that it carries. */
function paintMessage(context: Context, packet: PlacedPacket, color: string, style: PaintStyle): void {
  const { place, face } = packet;
  const half = halfWidth(packet);
  const { paperStage } = style.colors;
  pill(context, place, half + 2, MESSAGE_RADIUS + 2);
  context.fillStyle = paperStage;
  context.fill();
  pill(context, place, half, MESSAGE_RADIUS);
  if (face.again) {
    // Sent again: a dashed outline, the letter in ink.
    pill(context, place, half - 1, MESSAGE_RADIUS - 1);
    context.lineWidth = 2;
    context.setLineDash([3.5, 2.5]);
    context.strokeStyle = color;
    context.stroke();
    context.setLineDash([]);
  } else {
    context.fillStyle = color;
    context.fill();
  }
  if (face.text === '') return;
  context.font = `600 12px ${style.colors.fontMono}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = face.again ? style.colors.ink : style.colors.on(color);
  context.fillText(visible(face.text), place.x, place.y + 0.5);
}

/** Half the width of what is drawn for a packet. */
export function halfWidth(packet: PlacedPacket): number {
  if (packet.face.kind !== 'message') return DOT_RADIUS;
  const { length } = packet.face.text;
  return length === 0 ? MESSAGE_RADIUS - 2 : Math.max(MESSAGE_RADIUS, length * 3.7 + 5);
}

/** A space is a character like any other to the one who waits for it. */
export const visible = (text: string): string => text.replaceAll(' ', '␣');

function pill(context: Context, { x, y }: Place, half: number, radius: number): void {
  const flat = Math.max(0, half - radius);
  const r = Math.min(radius, half);
  context.beginPath();
  context.arc(x - flat, y, r, Math.PI / 2, -Math.PI / 2);
  context.arc(x + flat, y, r, -Math.PI / 2, Math.PI / 2);
  context.closePath();
}

function paintDot(
  context: Context,
  place: Place,
  filled: boolean,
  again: boolean,
  color: string,
  colors: Colors,
): void {
  context.beginPath();
  context.arc(place.x, place.y, DOT_RADIUS, 0, TAU);
  context.fillStyle = filled && !again ? color : colors.paperStage;
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = color;
  if (again) context.setLineDash([2.6, 2]);
  context.stroke();
  context.setLineDash([]);
}

function paintSquare(context: Context, { x, y }: Place, again: boolean, colors: Colors): void {
  const half = SQUARE / 2;
  context.fillStyle = again ? colors.paperStage : colors.control;
  context.fillRect(x - half, y - half, SQUARE, SQUARE);
  if (!again) return;
  context.lineWidth = 1.5;
  context.strokeStyle = colors.control;
  context.setLineDash([2, 1.5]);
  context.strokeRect(x - half, y - half, SQUARE, SQUARE);
  context.setLineDash([]);
}

/** The network's second copy: a ring around the ring. */
function paintSecondRing(context: Context, packet: PlacedPacket, color: string): void {
  pill(
    context,
    packet.place,
    halfWidth(packet) + 4.5,
    (packet.face.kind === 'message' ? MESSAGE_RADIUS : DOT_RADIUS) + 4.5,
  );
  context.lineWidth = 1.5;
  context.strokeStyle = color;
  context.stroke();
}

/** A triangle ahead of a packet. */
function paintHead(context: Context, packet: PlacedPacket, color: string): void {
  const { x, y, dx, dy } = packet.place;
  const from = packet.face.kind === 'control' ? SQUARE / 2 + 2 : halfWidth(packet) + 2.5;
  const size = packet.face.kind === 'control' ? 3 : 4;
  const tip = from + size * 2;
  context.beginPath();
  context.moveTo(x + dx * tip, y + dy * tip);
  context.lineTo(x + dx * from - dy * size, y + dy * from + dx * size);
  context.lineTo(x + dx * from + dy * size, y + dy * from - dx * size);
  context.closePath();
  context.fillStyle = color;
  context.fill();
}

/** The ✕ of a loss, on a rim that keeps it apart from what lies below. */
export function paintCross(context: Context, { x, y }: Point, size: number, colors: Colors): void {
  const stroke = (width: number, color: string) => {
    context.beginPath();
    context.moveTo(x - size, y - size);
    context.lineTo(x + size, y + size);
    context.moveTo(x + size, y - size);
    context.lineTo(x - size, y + size);
    context.lineWidth = width;
    context.lineCap = 'round';
    context.strokeStyle = color;
    context.stroke();
    context.lineCap = 'butt';
  };
  stroke(7, colors.paperStage);
  stroke(3, colors.loss);
}

/** The ring around what is selected. */
export function paintSelection(context: Context, packet: PlacedPacket, colors: Colors): void {
  pill(context, packet.place, Math.max(12, halfWidth(packet) + 5), Math.max(12, MESSAGE_RADIUS + 5));
  context.lineWidth = 2;
  context.strokeStyle = colors.ink;
  context.stroke();
}
