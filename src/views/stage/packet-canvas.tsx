import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Trace } from '../../trace/trace.ts';
import { count } from '../readout/units.ts';
import { type Colors, useColors } from '../theme/colors.ts';
import { useFrame } from '../use-frame.ts';
import type { Size } from '../use-size.ts';
import type { Playhead, Selection } from '../view.ts';
import { lossLingerUs, MOST_PACKETS, type PlacedPacket, packetsInFlight } from './in-flight.ts';
import { placeLabels } from './labels.ts';
import { paintPackets, paintSelection } from './paint.ts';
import styles from './stage.module.css';
import type { Box, StageLayout } from './stage-layout.ts';

interface Props {
  trace: Trace;
  playhead: Playhead;
  layout: StageLayout;
  /** Where words beside packets may not stand, besides the cards. */
  taken: readonly Box[];
  size: Size;
  selection: Selection | null;
  /** Seq of the packet under the pointer, or -1. */
  hovered: number;
  /** What is pointed at in any view. */
  pointed: Selection | null;
  reducedMotion: boolean;
  /** Told what was drawn last, for whoever wants to hit it. */
  onDrawn(packets: readonly PlacedPacket[]): void;
}

/** Letters, tails and single strokes are affordable, and can be made out, up to here. */
export const FULL_DETAIL = 400;
/** More words than this nobody reads. */
const LABELLED = 160;

/** The packets in flight. A canvas, since they move every frame, whether the stage around it is drawn anew or not. */
export function PacketCanvas(props: Props) {
  const ref = useRef<HTMLCanvasElement>(null);
  const colors = useColors();
  const { size } = props;
  useFrame(props.playhead);
  const draw = useRef(() => {});
  const drawn = useRef<readonly unknown[]>([]);
  useLayoutEffect(() => {
    draw.current = () => {
      const context = ref.current?.getContext('2d');
      if (context) drawFrame(context, props, colors, () => draw.current());
    };
    // The stage around it may be drawn at last for a moment whose packets are there already.
    const all = [colors, ...drawnFrom(props)];
    if (all.every((one, index) => one === drawn.current[index])) return;
    drawn.current = all;
    draw.current();
  });
  // Text drawn before the faces have been loaded would stay in the fallback's.
  useEffect(() => {
    document.fonts?.ready.then(() => draw.current());
  }, []);
  return <canvas ref={ref} className={styles.packets} style={size} />;
}

/** All that a picture of the packets depends on, beside colours. */
function drawnFrom(props: Props): unknown[] {
  const { trace, playhead, layout, size, selection, hovered, pointed, reducedMotion, taken } = props;
  const { nowUs, playing, speed } = playhead;
  const boxes = taken.flatMap(({ x, y, width, height }) => [x, y, width, height]);
  const about = [selection, pointed].map((one) => JSON.stringify(one));
  return [
    trace,
    trace.records,
    nowUs,
    playing,
    speed,
    layout,
    size,
    hovered,
    reducedMotion,
    ...about,
    ...boxes,
  ];
}

type CrowdPainter = typeof import('./paint-crowd.ts').paintCrowd;

/** What paints a crowd; null: it has not come yet, as it is no part of the first picture. */
let crowdPainter: CrowdPainter | null = null;
let asked = false;

function wantCrowdPainter(come: () => void): void {
  if (asked) return;
  asked = true;
  import('./paint-crowd.ts').then(
    ({ paintCrowd }) => {
      crowdPainter = paintCrowd;
      come();
    },
    () => {}, // packet by packet takes longer, and all of them are there
  );
}

/** @param again draws it once more */
function drawFrame(context: CanvasRenderingContext2D, props: Props, colors: Colors, again: () => void): void {
  const { trace, playhead, layout, size, reducedMotion } = props;
  sharpen(context.canvas, size);
  const ratio = context.canvas.width / size.width;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const linger = lossLingerUs(playhead.speed);
  const packets = packetsInFlight(trace, layout, playhead.nowUs, linger, reducedMotion && playhead.playing);
  const isCrowd = packets.length > FULL_DETAIL;
  if (isCrowd) wantCrowdPainter(again);
  if (isCrowd && crowdPainter !== null) crowdPainter(context, packets, colors);
  else {
    context.clearRect(0, 0, size.width, size.height);
    paintPackets(context, packets, { colors, heads: !playhead.playing });
  }
  const chosen = choice(props);
  for (const packet of packets) if (chosen(packet)) paintSelection(context, packet, colors);
  drawLabels(context, props, packets, chosen, colors);
  if (packets.length >= MOST_PACKETS) {
    context.font = type(500, colors);
    context.textAlign = 'left';
    context.fillStyle = colors.inkMuted;
    context.fillText(`only the newest ${count(MOST_PACKETS)} packets are drawn`, 20, size.height - 12);
  }
  props.onDrawn(packets);
}

function choice({ selection, hovered, pointed }: Props): (packet: PlacedPacket) => boolean {
  return (packet) => packet.seq === hovered || isAbout(packet, selection) || isAbout(packet, pointed);
}

function isAbout({ seq, client, face }: PlacedPacket, selection: Selection | null): boolean {
  if (selection?.kind === 'packet') return selection.seq === seq;
  if (selection?.kind !== 'message') return false;
  // What crosses hop 2 is on its way to everybody.
  if (selection.client !== null && client >= 0 && selection.client !== client) return false;
  const { firstMessage, messages } = face;
  return selection.message >= firstMessage && selection.message < firstMessage + messages;
}

function drawLabels(
  context: CanvasRenderingContext2D,
  { playhead, layout, size, taken }: Props,
  packets: readonly PlacedPacket[],
  chosen: (packet: PlacedPacket) => boolean,
  colors: Colors,
): void {
  const all = !playhead.playing && packets.length <= LABELLED;
  const some = packets.length <= LABELLED ? packets : packets.filter(chosen);
  if (some.length === 0) return; // setting a font is not free
  context.font = type(500, colors);
  const { source, sources, nodes, servers, rows, balancer, proxy } = layout;
  const cards = [...sources, ...nodes, ...servers, ...rows].map(({ box }) => box);
  cards.push(source, ...[balancer, proxy].filter((box) => box !== null), ...taken);
  const width = (text: string) => context.measureText(text).width;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  for (const label of placeLabels(some, cards, all, chosen, width, size.width)) {
    context.globalAlpha = label.fade;
    context.font = type(label.loss ? 600 : 500, colors);
    context.lineWidth = 4;
    context.strokeStyle = colors.paperStage;
    context.strokeText(label.text, label.x, label.y);
    context.fillStyle = label.loss ? colors.lossText : colors.ink;
    context.fillText(label.text, label.x, label.y);
  }
  context.globalAlpha = 1;
}

/** Gives the canvas as many pixels as the screen has under it. */
function sharpen(canvas: HTMLCanvasElement, { width, height }: Size): void {
  const ratio = Math.min(3, window.devicePixelRatio || 1);
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w) canvas.width = w;
  if (canvas.height !== h) canvas.height = h;
}

const type = (weight: number, { textScale, fontSans }: Colors) => `${weight} ${12 * textScale}px ${fontSans}`;
