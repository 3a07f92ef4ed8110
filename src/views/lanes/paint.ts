import type { Colors } from '../theme/colors.ts';
import type { LaneArrow, LanePicture } from './model.ts';

/** Where things of a lane are, in CSS pixels. */
export interface LaneFrame {
  width: number;
  height: number;
  fromUs: number;
  nowUs: number;
  /** The x of the playhead; what lies right of it has not happened. */
  nowX: number;
  /** Heights of the server's and of the client's line. */
  serverY: number;
  clientY: number;
}

/** Room right of the playhead. */
const AHEAD = 10;

export function laneFrame(width: number, height: number, nowUs: number, windowUs: number): LaneFrame {
  return {
    width,
    height,
    fromUs: nowUs - windowUs,
    nowUs,
    nowX: width - AHEAD,
    serverY: 9,
    clientY: height - 20,
  };
}

export const xOf = ({ fromUs, nowUs, nowX }: LaneFrame, us: number): number =>
  ((us - fromUs) / (nowUs - fromUs)) * nowX;

/** Where an arrow begins and how far it has got. */
export function segmentOf(frame: LaneFrame, arrow: LaneArrow) {
  const { serverY, clientY, nowUs } = frame;
  const [startY, endY] = arrow.face.down ? [serverY, clientY] : [clientY, serverY];
  const untilUs = Math.min(nowUs, arrow.lostUs >= 0 ? arrow.lostUs : arrow.toUs);
  const share = Math.min(1, (untilUs - arrow.fromUs) / Math.max(1, arrow.toUs - arrow.fromUs));
  return {
    x1: xOf(frame, arrow.fromUs),
    y1: startY,
    x2: xOf(frame, untilUs),
    y2: startY + (endY - startY) * share,
    /** It is lost by now. */
    lost: arrow.lostUs >= 0 && arrow.lostUs <= nowUs,
    flying: arrow.lostUs < 0 ? arrow.toUs > nowUs : arrow.lostUs > nowUs,
  };
}

export interface LaneStyle {
  colors: Colors;
  transport: string;
  /** What is selected here: a packet by seq, or an update; -1: neither. */
  packet: number;
  message: number;
}

type Context = CanvasRenderingContext2D;

/** Draws a lane: guides at each publishing, both lines, packets, what was held, and what arrived. */
export function paintLane(context: Context, frame: LaneFrame, picture: LanePicture, style: LaneStyle): void {
  const { colors } = style;
  const { width, height, nowX, serverY, clientY } = frame;
  context.clearRect(0, 0, width, height);
  context.lineWidth = 1;
  context.setLineDash([]);
  context.strokeStyle = colors.barAhead;
  context.beginPath();
  for (const { atUs } of picture.published) {
    const x = Math.round(xOf(frame, atUs)) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height);
  }
  context.stroke();
  context.strokeStyle = colors.outline;
  context.beginPath();
  for (const y of [serverY, clientY]) {
    context.moveTo(0, y + 0.5);
    context.lineTo(nowX, y + 0.5);
  }
  context.stroke();
  for (const { fromUs, toUs } of picture.held) paintHeld(context, frame, fromUs, toUs, colors);
  const chosen = picture.arrows.filter((arrow) => isChosen(arrow, style));
  for (const arrow of picture.arrows)
    if (arrow.face.kind === 'control') paintArrow(context, frame, arrow, style);
  for (const arrow of picture.arrows)
    if (arrow.face.kind !== 'control') paintArrow(context, frame, arrow, style);
  for (const arrow of chosen) paintArrow(context, frame, arrow, style, true);
  paintDelivered(context, frame, picture, style);
  context.strokeStyle = colors.ink;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(Math.round(nowX) + 0.5, 0);
  context.lineTo(Math.round(nowX) + 0.5, height);
  context.stroke();
}

function isChosen({ seq, face }: LaneArrow, { packet, message }: LaneStyle): boolean {
  if (packet >= 0) return seq === packet;
  return message >= 0 && message >= face.firstMessage && message < face.firstMessage + face.messages;
}

function paintArrow(
  context: Context,
  frame: LaneFrame,
  arrow: LaneArrow,
  style: LaneStyle,
  chosen = false,
): void {
  const { colors, transport } = style;
  const { face } = arrow;
  const { x1, y1, x2, y2, lost, flying } = segmentOf(frame, arrow);
  const control = face.kind === 'control';
  context.strokeStyle = chosen ? colors.ink : control ? colors.bar : colors.transport(transport);
  context.lineWidth = chosen ? 3 : control ? 1 : face.kind === 'message' ? 2 : 1.25;
  context.globalAlpha = control && !chosen ? 0.55 : 1;
  context.setLineDash(face.again ? [5, 3] : []);
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
  if (lost) paintCross(context, x2, y2, colors);
  else if (flying && !control) {
    context.fillStyle = colors.transport(transport);
    context.beginPath();
    context.arc(x2, y2, face.kind === 'message' ? 4 : 3, 0, Math.PI * 2);
    context.fill();
  }
}

function paintCross(context: Context, x: number, y: number, colors: Colors): void {
  const arm = 5;
  for (const [ink, width] of [
    [colors.paper, 5],
    [colors.loss, 2.25],
  ] as const) {
    context.strokeStyle = ink;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x - arm, y - arm);
    context.lineTo(x + arm, y + arm);
    context.moveTo(x - arm, y + arm);
    context.lineTo(x + arm, y - arm);
    context.stroke();
  }
}

/** A bracket at the client's line: what came waits there for what has not. */
function paintHeld(context: Context, frame: LaneFrame, fromUs: number, toUs: number, colors: Colors): void {
  const [x, end] = [Math.max(0, xOf(frame, fromUs)), Math.max(2, xOf(frame, toUs))];
  context.fillStyle = colors.loss;
  context.globalAlpha = 0.22;
  context.fillRect(x, frame.clientY - 5, end - x, 10);
  context.globalAlpha = 1;
  context.fillRect(x, frame.clientY - 5, 1.5, 10);
  context.fillRect(end - 1.5, frame.clientY - 5, 1.5, 10);
}

/** Letters are left out where they would stand on each other. */
const LETTER_ROOM = 9;

function paintDelivered(context: Context, frame: LaneFrame, picture: LanePicture, style: LaneStyle): void {
  const { colors, transport, message } = style;
  const color = colors.transport(transport);
  let last = Number.NEGATIVE_INFINITY;
  context.font = `500 12px ${colors.fontMono}`;
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  for (const one of picture.delivered) {
    const x = xOf(frame, one.atUs);
    context.fillStyle = color;
    context.beginPath();
    context.arc(x, frame.clientY, 4, 0, Math.PI * 2);
    context.fill();
    if (one.message === message) {
      context.strokeStyle = colors.ink;
      context.lineWidth = 2;
      context.beginPath();
      context.arc(x, frame.clientY, 6.5, 0, Math.PI * 2);
      context.stroke();
    }
    if (one.text === '' || x - last < LETTER_ROOM) continue;
    last = x;
    context.fillStyle = colors.ink;
    context.fillText(one.text === ' ' ? '␣' : one.text, x, frame.height - 3);
  }
}

/** Pixels from a segment within which it is hit. */
const REACH = 7;

/** What lies at a point of a lane: an update that arrived, else the nearest packet; null: nothing. */
export function hitLane(
  frame: LaneFrame,
  picture: LanePicture,
  x: number,
  y: number,
): { message: number } | { packet: number } | null {
  const arrived = picture.delivered.find(
    ({ atUs }) => Math.hypot(xOf(frame, atUs) - x, frame.clientY - y) <= REACH,
  );
  if (arrived !== undefined) return { message: arrived.message };
  let best = REACH;
  let hit: LaneArrow | null = null;
  for (const arrow of picture.arrows) {
    const { x1, y1, x2, y2 } = segmentOf(frame, arrow);
    // What carries something is meant rather than an acknowledgement beside it.
    const away = distance(x, y, x1, y1, x2, y2) + (arrow.face.kind === 'control' ? 3 : 0);
    if (away > best) continue;
    best = away;
    hit = arrow;
  }
  return hit === null ? null : { packet: hit.seq };
}

function distance(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - share * dx, y - y1 - share * dy);
}
