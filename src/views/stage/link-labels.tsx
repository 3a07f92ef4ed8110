import { type KeyboardEvent, memo, type PointerEvent, useRef } from 'react';
import type { Playhead } from '../view.ts';
import type { Box } from './stage-layout.ts';
import styles from './touch.module.css';
import { draggedRtt, keyedRtt, LONGEST_MS, type StageLink, type StageTouch } from './touch.ts';

/** What stands in the middle of a client's link. */
export interface LinkLabel {
  client: number;
  name: string;
  /** Of the label; the link runs through its middle. */
  box: Box;
  /** Where along the link that is. */
  share: number;
  link: StageLink;
}

const CHARACTER = 6.3;
const HEIGHT = 24;

/** What a label says: a cut link has no delay worth telling. @param short where there is little room */
export function labelText({ text, cut }: StageLink, short: boolean): string {
  if (cut === 'both') return 'cut';
  if (cut !== '') return short ? `cut ${cut}` : `cut ${cut}ward`;
  return short ? (text.split(' · ')[0] ?? text) : text;
}

/** Room for a label around a place. */
export function labelBox(text: string, { x, y }: { x: number; y: number }): Box {
  const width = Math.max(HEIGHT, Math.ceil(text.length * CHARACTER) + 14);
  return { x: x - width / 2, y: y - HEIGHT / 2, width, height: HEIGHT };
}

/** Where else a label may stand on its link, where another stands already. */
const ASIDE = [0, -0.16, 0.16, -0.3, 0.3];
/** Beyond these a label reaches under the card at the link's end. */
const ENDS = [0.15, 0.85] as const;

/** The place of a label on its link: the usual one, else the nearest that is free. @param taken by other labels */
export function labelPlace(
  text: string,
  link: { at(share: number): { x: number; y: number } },
  usual: number,
  taken: readonly Box[],
): { box: Box; share: number } {
  const within = ASIDE.filter((by) => usual + by >= ENDS[0] && usual + by <= ENDS[1]);
  const places = within.map((by) => {
    const box = labelBox(text, link.at(usual + by));
    return { box, share: usual + by, covered: taken.reduce((sum, other) => sum + overlap(box, other), 0) };
  });
  return places.reduce((best, one) => (one.covered < best.covered ? one : best));
}

/** Labels have air around their words. */
const AIR = 4;

/** How much of a label another one covers, px². */
function overlap(a: Box, b: Box): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) - AIR;
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) - AIR;
  return across > 0 && down > 0 ? across * down : 0;
}

interface LabelsProps {
  labels: readonly LinkLabel[];
  short: boolean;
  touch: StageTouch;
  playhead: Playhead;
}

/** Delay and loss in the middle of each link: to be dragged, and clicked for more. */
export function LinkLabels({ labels, ...rest }: LabelsProps) {
  return labels.map((label) => <Label key={label.client} label={label} {...rest} />);
}

const Label = memo(function Label(props: Omit<LabelsProps, 'labels'> & { label: LinkLabel }) {
  const { label, short, touch, playhead } = props;
  const { client, name, box, link } = label;
  const drag = useRef<{ x: number; rttMs: number; atUs: number; moved: boolean } | null>(null);
  const open = (element: HTMLElement) =>
    touch.onOpen({ kind: 'link', client }, element.getBoundingClientRect());
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const from = drag.current;
    if (from === null || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const by = event.clientX - from.x;
    if (!from.moved && Math.abs(by) < 4) return;
    from.moved = true;
    from.x = event.clientX;
    // Kept with its fraction, so that slow movements with Shift add up.
    from.rttMs = draggedRtt(from.rttMs, by, event.shiftKey);
    touch.onRtt(client, Math.round(from.rttMs), from.atUs);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const rttMs = keyedRtt(link.rttMs, event.key, event.shiftKey);
    if (rttMs !== null) touch.onRtt(client, rttMs, Math.round(playhead.nowUs));
    else if (event.key === 'Enter' || event.key === ' ') open(event.currentTarget);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className={styles.linkLabel}
      style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
      data-touch
      data-changed={link.changed}
      data-cut={link.cut !== ''}
      role="slider"
      tabIndex={0}
      aria-label={`Round trip of ${name}’s link`}
      aria-haspopup="dialog"
      aria-valuemin={0}
      aria-valuemax={LONGEST_MS}
      aria-valuenow={link.rttMs}
      aria-valuetext={link.cut === '' ? link.text : `${labelText(link, false)}, ${link.text}`}
      title={touch.rttEffect(client)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = {
          x: event.clientX,
          rttMs: link.rttMs,
          atUs: Math.round(playhead.nowUs),
          moved: false,
        };
      }}
      onPointerMove={onPointerMove}
      onPointerCancel={() => {
        drag.current = null;
      }}
      onClick={(event) => {
        const moved = drag.current?.moved ?? false;
        drag.current = null;
        if (!moved) open(event.currentTarget);
      }}
    >
      {labelText(link, short)}
    </div>
  );
}, sameLabel);

type LabelProps = Omit<LabelsProps, 'labels'> & { label: LinkLabel };

/** Sixty times a second all of this is asked for, and hardly ever is anything else. */
function sameLabel(a: LabelProps, b: LabelProps): boolean {
  const [one, two] = [a.label, b.label];
  const same = one.client === two.client && one.name === two.name && one.link === two.link;
  const still = one.box.x === two.box.x && one.box.y === two.box.y && one.box.width === two.box.width;
  return same && still && a.touch === b.touch && a.short === b.short && a.playhead === b.playhead;
}
